package dev.carillon.functions.management.content;

import dev.carillon.authoring.ContentChecks;
import dev.carillon.content.Assets;
import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.content.Contents;
import dev.carillon.content.LibraryShelf;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.json.Json;
import dev.carillon.variable.Variables;
import dev.carillon.workflow.VersionId;
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
  public LibraryShelf written(ManagementCall call) {
    Contents written = call.of(contents);
    Map<ContentId, VersionId> drafts = new LinkedHashMap<>();
    for (var type :
        List.of(ContentType.PARTIAL, ContentType.EMAIL_LAYOUT, ContentType.TRANSLATION)) {
      for (ContentHead head : written.all(call.id(), type)) {
        head.draft().ifPresent(version -> drafts.put(head.id(), version));
      }
    }
    return serving(call).with(drafts, wanted -> written.versions(call.id(), wanted));
  }

  /** As {@link #served(EnvironmentId, Map)}, where the call is about: perhaps a branch. */
  public ContentChecks served(ManagementCall call, Map<ContentId, Json.Obj> also) {
    return checks(call.environment().id(), serving(call).with(also));
  }

  /** The parts that serve. What a branch committed lies over what serves in its environment. */
  public LibraryShelf serving(ManagementCall call) {
    LibraryShelf here = serving(call.environment().id());
    EnvironmentId branch = call.id();
    return call.branch().isPresent()
        ? here.with(assets.servingNow(branch), wanted -> assets.parts(branch, wanted))
        : here;
  }

  private LibraryShelf serving(EnvironmentId environment) {
    return LibraryShelf.of(assets, environment, assets.servingNow(environment));
  }

  /** Those that serve, and over them what is about to. */
  public ContentChecks served(EnvironmentId environment, Map<ContentId, Json.Obj> also) {
    return checks(environment, serving(environment).with(also));
  }

  /** A branch has no variables of its own. */
  private ContentChecks checks(EnvironmentId environment, LibraryShelf shelf) {
    return new ContentChecks(shelf, variables.secretNames(environment));
  }
}
