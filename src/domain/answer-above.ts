/** Our letters begin with this line where answers come by mail: what is below it is ours, in whatever language. */
export const ANSWER_ABOVE = '##- Please write above this line -##';
