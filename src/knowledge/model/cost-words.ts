/** Money in the currency of the prices. What is less than the smallest coin is not nothing. */
export function costWords(cost: number, currency: string): string {
  return `${cost > 0 && cost < 0.01 ? 'less than 0.01' : cost.toFixed(2)} ${currency}`;
}
