package dev.carillon.catalog;

/** The lists there are. */
public enum CatalogName {
  /** Who is on the team, and what they may do. */
  MEMBERS,

  /** What workflows are marked with. */
  TAGS,

  /** The categories that preferences may name. */
  PREFERENCE_CATEGORIES,

  /** What is known of the properties of users, tenants and objects. */
  ITEM_SCHEMAS
}
