package dev.carillon.storage.dynamo;

/** The two indexes of the table and their keys; items that lack these are not in them. */
public final class Indexes {
  public static final String RUNS = "runs";
  public static final String RUNS_PARTITION = "a_pk";
  public static final String RUNS_SORT = "a_sk";
  public static final String FEED = "feed";
  public static final String FEED_PARTITION = "b_pk";
  public static final String FEED_SORT = "b_sk";

  /** What the index "feed" holds beside keys: enough to filter an item by. */
  public static final String MESSAGE = "mid";

  public static final String TENANT = "tn";
  public static final String WORKFLOW = "wf";
  public static final String CATEGORIES = "ct";
  public static final String DATA = "td";
  public static final String AT = "at";

  private Indexes() {}
}
