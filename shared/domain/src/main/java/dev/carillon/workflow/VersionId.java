package dev.carillon.workflow;

import java.util.UUID;

/** Names one version of a workflow: a hash of its content, so equal content is one version. */
public record VersionId(UUID value) {

  public static VersionId parse(String text) {
    return new VersionId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
