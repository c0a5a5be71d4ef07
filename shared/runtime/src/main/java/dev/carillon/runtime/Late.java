package dev.carillon.runtime;

import java.util.function.Supplier;

/**
 * Something that is made when it is first asked for, and once: a function answers its first request
 * sooner without what that one does not need. Safe for many threads; when making it fails, the next
 * who asks tries again.
 */
public final class Late<T> implements Supplier<T> {
  private final Supplier<? extends T> make;
  private volatile T made;

  /**
   * @param make never gives null
   */
  public Late(Supplier<? extends T> make) {
    this.make = make;
  }

  @Override
  public T get() {
    T known = made;
    return known == null ? making() : known;
  }

  private synchronized T making() {
    if (made == null) {
      made = make.get();
    }
    return made;
  }
}
