/** How many tickets of a category are new. */
export interface CategoryVolume {
  /** Empty for tickets without one. */
  category: string;
  opened: number;
  before: number;
}
