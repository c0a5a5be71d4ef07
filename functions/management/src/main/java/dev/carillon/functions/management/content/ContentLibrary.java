package dev.carillon.functions.management.content;

import dev.carillon.authoring.ContentChecks;
import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.content.Contents;
import dev.carillon.content.ServedParts;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.json.Json;
import dev.carillon.variable.Variables;
import dev.carillon.workflow.Assets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a content is checked against: layouts, partials, and the names of secrets. */
public final class ContentLibrary {
  private final Contents contents;
  private final Assets assets;
  private final Variables variables;

  public ContentLibrary(Contents contents, Assets assets, Variables variables) {
    this.contents = contents;
    this.assets = assets;
    this.variables = variables;
  }

  /** Those that serve, and over them what was saved since. */
  public ContentChecks drafts(ManagementCall call) {
    return checks(call.environment().id(), written(call));
  }

  /** The parts that serve, and over them what was saved since. */
  public Assets.Library written(ManagementCall call) {
    Contents written = call.of(contents);
    Map<ContentId, Json.Obj> drafts = new LinkedHashMap<>();
    for (var type : List.of(ContentType.PARTIAL, ContentType.EMAIL_LAYOUT)) {
      for (ContentHead head : written.all(call.id(), type)) {
        head.draft()
            .flatMap(version -> written.version(call.id(), head.id(), version))
            .ifPresent(content -> drafts.put(head.id(), content));
      }
    }
    return ServedParts.over(serving(call), drafts);
  }

  /** As {@link #served(EnvironmentId, Map)}, where the call is about: perhaps a branch. */
  public ContentChecks served(ManagementCall call, Map<ContentId, Json.Obj> also) {
    return checks(call.environment().id(), ServedParts.over(serving(call), also));
  }

  /** What a branch committed lies over what serves in its environment. */
  private Assets.Library serving(ManagementCall call) {
    Assets.Library here = assets.current(call.environment().id());
    return call.branch().isPresent() ? here.under(assets.current(call.id())) : here;
  }

  /** Those that serve, and over them what is about to. */
  public ContentChecks served(EnvironmentId environment, Map<ContentId, Json.Obj> also) {
    return checks(environment, ServedParts.over(assets.current(environment), also));
  }

  /** A branch has no variables of its own. */
  private ContentChecks checks(EnvironmentId environment, Assets.Library library) {
    return new ContentChecks(library, variables.secretNames(environment));
  }
}
