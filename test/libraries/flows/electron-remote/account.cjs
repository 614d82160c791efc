const { EventEmitter } = require('node:events');

/** An object of main that the page uses, and what main knows of the page's use. */
class Account extends EventEmitter {
  owner = { name: 'Ada', tags: ['a', 'b'], since: new Date(0) };
  #balance = 10;
  #given = new Map();
  #callback;

  get balance() {
    return this.#balance;
  }

  set balance(value) {
    if (typeof value !== 'number') throw new TypeError('a balance is a number');
    this.#balance = value;
    this.emit('balance', value, new Date(value));
  }

  deposit(...amounts) {
    for (const amount of amounts) this.balance += amount;
    return this;
  }

  get locked() {
    throw Object.assign(new RangeError('locked'), { code: 'E_LOCKED', owner: this.owner });
  }

  withdraw() {
    throw new RangeError('nothing left');
  }

  async later(value) {
    if (value === 'bad') throw new Error('bad later');
    return { value, account: this };
  }

  isSame(other) {
    return other === this;
  }

  reverse(buffer) {
    return Buffer.from(buffer).reverse();
  }

  /** Calls back at once, and with what the page's function cannot return. */
  each(list, callback) {
    return list.map((item) => typeof callback(item, this));
  }

  statement(name) {
    const statement = new Statement(name);
    this.#given.set(name, new WeakRef(statement));
    return statement;
  }

  isAlive(name) {
    return this.#given.get(name).deref() !== undefined;
  }

  keep(callback) {
    this.#callback = callback;
  }

  useKept(...args) {
    this.#callback(...args);
  }

  letGo() {
    this.#callback = undefined;
  }
}

class Statement {
  constructor(name) {
    this.name = name;
  }

  lines() {
    return [`${this.name} 1`, `${this.name} 2`];
  }
}

exports.Account = Account;
