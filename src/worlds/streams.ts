import { createHash } from 'node:crypto';

/**
 * A stream of numbers that its name gives, the same on every machine and every day. Each question of a world has a stream of its own, so that a question
 * asked later changes no answer given before.
 */
export class Stream {
  private block: Buffer = Buffer.alloc(0);
  private at = 0;
  private blocks = 0;

  constructor(private readonly name: string) {}

  /** A whole number from 0 to n − 1. */
  below(n: number): number {
    if (this.at + 4 > this.block.length) {
      this.block = createHash('sha256').update(`${this.name}|${this.blocks++}`).digest();
      this.at = 0;
    }
    const number = this.block.readUInt32BE(this.at);
    this.at += 4;
    return Math.floor((number / 2 ** 32) * n);
  }

  /** From one to the other, both of them included. */
  between(from: number, to: number): number {
    return from + this.below(to - from + 1);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  /** The same in another order (Fisher and Yates). */
  shuffled<T>(list: readonly T[]): T[] {
    const cards = [...list];
    for (let last = cards.length - 1; last > 0; last -= 1) {
      const other = this.below(last + 1);
      [cards[last], cards[other]] = [cards[other]!, cards[last]!];
    }
    return cards;
  }

  /** So many of each, in an order of its own: a table's counts are met exactly. */
  dealt<T>(counts: readonly (readonly [T, number])[]): T[] {
    return this.shuffled(counts.flatMap(([card, count]) => Array.from({ length: count }, () => card)));
  }
}
