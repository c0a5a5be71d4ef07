package dev.carillon.memory.content;

import dev.carillon.content.Assets;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowReader;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Layouts, partials and translations in memory. */
public final class InMemoryAssets implements Assets {
  private record Part(EnvironmentId environment, ContentId id, VersionId version) {}

  private final Map<EnvironmentId, Map<ContentId, VersionId>> serving = new HashMap<>();
  private final Map<Part, Json.Obj> parts = new HashMap<>();

  @Override
  public synchronized Map<ContentId, VersionId> serving(EnvironmentId environment) {
    return serving.getOrDefault(environment, Map.of());
  }

  @Override
  public Map<ContentId, VersionId> servingNow(EnvironmentId environment) {
    return serving(environment);
  }

  @Override
  public synchronized Map<ContentId, Json.Obj> parts(
      EnvironmentId environment, Map<ContentId, VersionId> wanted) {
    var found = new LinkedHashMap<ContentId, Json.Obj>();
    wanted.forEach(
        (id, version) -> {
          Json.Obj part = parts.get(new Part(environment, id, version));
          if (part != null) {
            found.put(id, part);
          }
        });
    return found;
  }

  @Override
  public synchronized void commit(EnvironmentId environment, Library library) {
    var now = new LinkedHashMap<ContentId, VersionId>();
    put(environment, ContentType.TRANSLATION, library.translations(), now);
    put(environment, ContentType.PARTIAL, library.partials(), now);
    put(environment, ContentType.EMAIL_LAYOUT, library.layouts(), now);
    serving.put(environment, Map.copyOf(now));
  }

  private void put(
      EnvironmentId environment,
      ContentType type,
      Json.Obj library,
      Map<ContentId, VersionId> now) {
    for (Map.Entry<String, Json> entry : library.fields().entrySet()) {
      if (entry.getValue() instanceof Json.Obj part) {
        var id = new ContentId(type, entry.getKey());
        VersionId version = WorkflowReader.version(part);
        now.put(id, version);
        parts.put(new Part(environment, id, version), part);
      }
    }
  }
}
