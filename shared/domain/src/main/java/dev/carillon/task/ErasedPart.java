package dev.carillon.task;

import java.util.Arrays;
import java.util.Optional;

/** What is kept beside a recipient, in the order in which a deletion removes it. */
public enum ErasedPart {
  /** Subscriptions of others to it, an object. */
  SUBSCRIBERS("subscribers"),
  /** Its own subscriptions. */
  SUBSCRIPTIONS("subscriptions"),
  SCHEDULES("schedules"),
  /** Audiences that it was put into, a user. */
  AUDIENCES("audiences"),
  /** The messages of its runs. */
  MESSAGES("messages"),
  /** The items of its feeds, which outlast its runs. */
  FEEDS("feeds"),
  /** What came in of it by sources, a user. */
  EVENTS("events"),
  /** What its runs knew, and what triggered them said about it. */
  RUNS("runs");

  private final String wireName;

  ErasedPart(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /** Empty when no part bears this name. */
  public static Optional<ErasedPart> named(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }

  /** Empty behind the last. */
  public Optional<ErasedPart> next() {
    return Arrays.stream(values()).filter(it -> it.ordinal() == ordinal() + 1).findFirst();
  }
}
