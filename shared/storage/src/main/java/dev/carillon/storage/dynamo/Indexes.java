package dev.carillon.storage.dynamo;

/** The two indexes of the table and their keys; items that lack these are not in them. */
final class Indexes {
  static final String RUNS = "runs";
  static final String RUNS_PARTITION = "a_pk";
  static final String RUNS_SORT = "a_sk";
  static final String FEED = "feed";
  static final String FEED_PARTITION = "b_pk";
  static final String FEED_SORT = "b_sk";

  /** What the index "feed" holds beside keys: enough to filter an item by. */
  static final String MESSAGE = "mid";

  static final String TENANT = "tn";
  static final String WORKFLOW = "wf";
  static final String CATEGORIES = "ct";
  static final String DATA = "td";
  static final String AT = "at";

  private Indexes() {}
}
