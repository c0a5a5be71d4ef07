package dev.carillon.condition;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a condition compares. The names in files are these in lower case. */
public enum Operator {
  EQUAL_TO,
  NOT_EQUAL_TO,
  GREATER_THAN,
  LESS_THAN,
  GREATER_THAN_OR_EQUAL_TO,
  LESS_THAN_OR_EQUAL_TO,
  CONTAINS,
  NOT_CONTAINS,
  CONTAINS_ALL,
  NOT_CONTAINS_ALL,
  EMPTY,
  NOT_EMPTY,
  EXISTS,
  NOT_EXISTS,
  IS_TIMESTAMP,
  IS_NOT_TIMESTAMP,
  IS_TIMESTAMP_BEFORE,
  IS_TIMESTAMP_ON_OR_AFTER,
  IS_TIMESTAMP_BEFORE_DATE,
  IS_TIMESTAMP_ON_OR_AFTER_DATE,
  IS_TIMESTAMP_BETWEEN,
  IS_TIMESTAMP_BEFORE_NOW,
  IS_TIMESTAMP_ON_OR_AFTER_NOW,
  IS_BETWEEN,
  IS_AUDIENCE_MEMBER,
  IS_NOT_AUDIENCE_MEMBER,
  /** Only in the rules of channel groups. */
  IS_IN_RANDOM_COHORT;

  private static final Map<String, Operator> NAMED =
      Arrays.stream(values()).collect(Collectors.toMap(Operator::wireName, it -> it));

  public static Optional<Operator> named(String name) {
    return Optional.ofNullable(NAMED.get(name));
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the operator compares with nothing. */
  public boolean unary() {
    return switch (this) {
      case EMPTY,
          NOT_EMPTY,
          EXISTS,
          NOT_EXISTS,
          IS_TIMESTAMP,
          IS_NOT_TIMESTAMP,
          IS_TIMESTAMP_BEFORE_NOW,
          IS_TIMESTAMP_ON_OR_AFTER_NOW ->
          true;
      case EQUAL_TO,
          NOT_EQUAL_TO,
          GREATER_THAN,
          LESS_THAN,
          GREATER_THAN_OR_EQUAL_TO,
          LESS_THAN_OR_EQUAL_TO,
          CONTAINS,
          NOT_CONTAINS,
          CONTAINS_ALL,
          NOT_CONTAINS_ALL,
          IS_TIMESTAMP_BEFORE,
          IS_TIMESTAMP_ON_OR_AFTER,
          IS_TIMESTAMP_BEFORE_DATE,
          IS_TIMESTAMP_ON_OR_AFTER_DATE,
          IS_TIMESTAMP_BETWEEN,
          IS_BETWEEN,
          IS_AUDIENCE_MEMBER,
          IS_NOT_AUDIENCE_MEMBER,
          IS_IN_RANDOM_COHORT ->
          false;
    };
  }

  /** Whether the argument is a pair of bounds. */
  boolean takesRange() {
    return this == IS_BETWEEN || this == IS_TIMESTAMP_BETWEEN;
  }

  /** Whether the argument is the key of an audience. */
  boolean asksForAudience() {
    return this == IS_AUDIENCE_MEMBER || this == IS_NOT_AUDIENCE_MEMBER;
  }
}
