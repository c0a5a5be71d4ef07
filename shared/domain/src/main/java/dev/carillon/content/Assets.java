package dev.carillon.content;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.workflow.VersionId;
import java.util.Map;

/**
 * What the templates of an environment share: layouts, partials, translations. A commit counts at
 * once for every workflow, waiting runs included, as their versions are not pinned. What there is
 * and what it says are asked for apart, so that a rendering reads no more than it uses.
 */
public interface Assets {
  /** The key of the layout of mails that say nothing of one. */
  String STANDARD_LAYOUT = "default";

  /**
   * Some or all of an environment's layouts, partials and translations.
   *
   * @param layouts by key: {@code {html_layout, text_layout, footer_links?, is_mjml?,
   *     branding_overrides?}}
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
  }

  /**
   * Which parts serve now, each by its version; empty when nothing was committed. Seen within
   * seconds of a commit.
   */
  Map<ContentId, VersionId> serving(EnvironmentId environment);

  /** As {@link #serving}, and never remembered: sees every commit that has returned. */
  Map<ContentId, VersionId> servingNow(EnvironmentId environment);

  /**
   * What of the parts is rendered, in these versions, each of which served at some time; those that
   * there are none of are left out. Versions never change, so an implementation may remember them.
   */
  Map<ContentId, Json.Obj> parts(EnvironmentId environment, Map<ContentId, VersionId> wanted);

  /** All that serves, as by {@link #servingNow}. An environment may have thousands of texts. */
  default Library current(EnvironmentId environment) {
    return ServedParts.over(Library.EMPTY, parts(environment, servingNow(environment)));
  }

  /** Replaces all that serves. Safe to repeat. */
  void commit(EnvironmentId environment, Library library);
}
