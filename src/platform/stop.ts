/** Why a process of Jalon does not go on, told to the operator without a stack; `exitCode` says which kind. */
export class Stop extends Error {
  constructor(message: string, readonly exitCode: 1 | 2 | 3) {
    super(message);
  }
}

/** Something that must not be done, or not now: the wrong role, a second start, a key that others can read. */
export class Refusal extends Stop {
  constructor(message: string) {
    super(message, 3);
  }
}

/** Faults of the configuration, all of them at once. */
export class ConfigurationFaults extends Stop {
  constructor(title: string, readonly faults: readonly string[]) {
    super([title, ...faults.map((one) => `  - ${one}`)].join('\n'), 2);
  }
}
