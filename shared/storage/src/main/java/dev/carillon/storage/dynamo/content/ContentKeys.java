package dev.carillon.storage.dynamo.content;

import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Keys;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;

/** Where contents, their versions and commits lie. The whole layout is in {@link Keys}. */
final class ContentKeys {

  private ContentKeys() {}

  static String workflow(EnvironmentId environment, WorkflowKey key) {
    return environment.value() + "#WF#" + key.value();
  }

  /** The partition of what may be triggered for who comes into an audience. */
  static String entries(EnvironmentId environment, String audience) {
    return environment.value() + "#ENTRY#" + Keys.part(audience);
  }

  static String version(VersionId version) {
    return "V#" + version;
  }

  static Key assets(EnvironmentId environment) {
    return new Key(environment.value() + "#ASSETS", "LIVE");
  }

  /** The partition of how the contents of a type stand. */
  static String contents(EnvironmentId environment, ContentType type) {
    return environment.value() + "#CONTENT#" + type.wireName();
  }

  static Key content(EnvironmentId environment, ContentId id) {
    return new Key(contents(environment, id.type()), Keys.part(id.key()));
  }

  /** Those of a workflow lie where its runs look for them, so that each is stored once. */
  static String contentVersions(EnvironmentId environment, ContentId id) {
    return id.type() == ContentType.WORKFLOW
        ? workflow(environment, new WorkflowKey(id.key()))
        : contents(environment, id.type()) + "#" + Keys.part(id.key());
  }

  static String commits(EnvironmentId environment) {
    return environment.value() + "#COMMITS";
  }

  static String commits(EnvironmentId environment, ContentId id) {
    return commits(environment) + "#" + id.type().wireName() + "#" + Keys.part(id.key());
  }

  static String changes(EnvironmentId environment) {
    return environment.value() + "#CHANGES";
  }

  /** The partition of the branches; no type of content is called so. */
  static String branches(EnvironmentId environment) {
    return environment.value() + "#CONTENT#branch";
  }
}
