/** Each would run, load, lead away or break out if it were let onto a page as it is. */
export const HOSTILE_MARKUP = [
  '<script>alert("script")</script>',
  '"><img src=x onerror=alert("image")>',
  `'><svg/onload=alert('svg')>`,
  '" autofocus onfocus=alert(1) x="',
  `' onmouseover='alert(1)' x='`,
  '</textarea></pre></title><script>alert("out")</script>',
  '</template></select></option><img src=x onerror=alert("template")>',
  '</style></noscript></script><script>alert("style")</script>',
  '<a href="javascript:alert(1)">javascript</a>',
  'javascript:alert(1)//https://evil.example/',
  '[a link](javascript:alert(1)) [another](JaVaScRiPt&colon;alert(1)) ![a picture](https://evil.example/x.png)',
  '[x](https://evil.example/"onmouseover="alert(1)) <https://evil.example/"onclick="alert(1)>',
  'https://evil.example/"onmouseover="alert(1) mailto:a@b.example"onclick="alert(1)',
  '<math><mtext><table><mglyph><style><!--</style><img title="--><img src=x onerror=alert(1)>">',
  '<svg><style><img src=x onerror=alert(1)></style></svg><noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe><base href="https://evil.example/">',
  '<form action="https://evil.example/"><input name="_csrf"><button formaction="javascript:alert(1)">',
  '<meta http-equiv="refresh" content="9;url=https://evil.example/"><link rel=stylesheet href=//evil.example>',
  '${alert(1)}{{constructor.constructor("alert(1)")()}}{% raw %}',
  '--><script>alert("comment")</script><!-- ]]>',
  '&lt;script&gt;alert("entity")&lt;/script&gt;&#60;img src=x onerror=alert(1)&#62;',
  '\u202E<b>backwards\u0007',
] as const;

/** All of them, one below the other. */
export const ALL_HOSTILE_MARKUP = HOSTILE_MARKUP.join('\n');
