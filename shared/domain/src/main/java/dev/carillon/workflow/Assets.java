package dev.carillon.workflow;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;

/**
 * What the templates of an environment share: layouts and partials. A commit counts at once for
 * every workflow, waiting runs included, as their versions are not pinned.
 */
public interface Assets {

  /**
   * All of an environment's layouts and partials.
   *
   * @param layouts by key: {@code {html_layout, text_layout, footer_links?}}
   * @param partials by key: {@code {type: html|text|markdown|json, content}}
   */
  record Library(Json.Obj layouts, Json.Obj partials) {
    public static final Library EMPTY = new Library(Json.Obj.EMPTY, Json.Obj.EMPTY);
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
