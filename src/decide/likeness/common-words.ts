/**
 * Words that requests are full of and that say nothing of what they are about. A desk that has seen few requests
 * cannot know that yet; one that has seen many learns its own.
 */
export const COMMON_WORDS = `
  a about after again all also am an and any are as at back be because been before but by can cannot can't come could
  did do does doesn't don't down even every everything for from get give go got had has have he hello help her here hi
  how i if in into is isn't it its just know last like look make many me more most much my need new no not nothing now of
  off on one only or other our out over please problem same see she since so some somebody still such sure tell thank
  thanks that the their them then there they thing this time to today told too tried try until up us use want was we
  week well were what when where which who why will with without won't work working works would yesterday you your
  aber alle als am an auch auf aus bei bitte da danke das dass dem den der des die ein eine einen er es für geht haben
  hallo hat ich ihr im in ist ja kann kein keine können man mehr mein mich mir mit nach nicht noch nur oder schon seit
  sich sie sind so über um und uns unser vom von vor war was wenn wer wie wir wird zu zum zur
  au aux avec bonjour ce cela ces cette dans de depuis des du elle en est et être il je la le les mais merci mon ne
  nos notre nous on ou par pas plus pour que qui sa se son sont sur tout très un une vous votre
  al buenos como con cuando del desde el ella en es esta este gracias ha hay hola las lo los más me mi muy no nos
  nuestro para pero por porque puede que se si sin son su también tiene un una y ya
`;
