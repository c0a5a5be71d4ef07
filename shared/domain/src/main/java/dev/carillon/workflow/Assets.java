package dev.carillon.workflow;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;

/**
 * What the templates of an environment share: layouts, partials, translations. A commit counts at
 * once for every workflow, waiting runs included, as their versions are not pinned.
 */
public interface Assets {

  /**
   * All of an environment's layouts, partials and translations.
   *
   * @param layouts by key: {@code {html_layout, text_layout, footer_links?}}
   * @param partials by key: {@code {type: html|text|markdown|json, content}}
   * @param translations by key: {@code {locale_code, namespace?, tenant?, format: json|po,
   *     content}}
   */
  record Library(Json.Obj layouts, Json.Obj partials, Json.Obj translations) {
    public static final Library EMPTY = new Library(Json.Obj.EMPTY, Json.Obj.EMPTY);

    /** One without translations. */
    public Library(Json.Obj layouts, Json.Obj partials) {
      this(layouts, partials, Json.Obj.EMPTY);
    }

    /** All of both; where both have one by the same key, that of the other. */
    public Library under(Library other) {
      return new Library(
          layouts.merged(other.layouts),
          partials.merged(other.partials),
          translations.merged(other.translations));
    }
  }

  /**
   * What serves now; {@link Library#EMPTY} when nothing was committed. Seen within seconds of a
   * commit.
   */
  Library library(EnvironmentId environment);

  /** As {@link #library}, and never remembered: sees every commit that has returned. */
  Library current(EnvironmentId environment);

  /** Replaces the environment's library. Safe to repeat. */
  void commit(EnvironmentId environment, Library library);
}
