package dev.carillon.functions.management.content;

import dev.carillon.authoring.ContentChecks;
import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.content.Contents;
import dev.carillon.content.ServedParts;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.workflow.Assets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The layouts and partials that a content is checked against. */
public final class ContentLibrary {
  private final Contents contents;
  private final Assets assets;

  public ContentLibrary(Contents contents, Assets assets) {
    this.contents = contents;
    this.assets = assets;
  }

  /** Those that serve, and over them what was saved since. */
  public ContentChecks drafts(EnvironmentId environment) {
    Map<ContentId, Json.Obj> drafts = new LinkedHashMap<>();
    for (var type : List.of(ContentType.PARTIAL, ContentType.EMAIL_LAYOUT)) {
      for (ContentHead head : contents.all(environment, type)) {
        head.draft()
            .flatMap(version -> contents.version(environment, head.id(), version))
            .ifPresent(content -> drafts.put(head.id(), content));
      }
    }
    return new ContentChecks(ServedParts.over(assets.current(environment), drafts));
  }

  /** Those that serve, and over them what is about to. */
  public ContentChecks served(EnvironmentId environment, Map<ContentId, Json.Obj> also) {
    return new ContentChecks(ServedParts.over(assets.current(environment), also));
  }
}
