package dev.carillon.functions.operator.push;

import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.RequestFields;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.project.ProjectFiles;
import dev.carillon.setting.GivenNames;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is to serve where.
 *
 * @param values of variables that stand in no file: secrets, and what only the caller knows; by
 *     name, they win over those in {@code variables.json}
 */
public record PushRequest(EnvironmentId environment, ProjectFiles files, Map<String, Json> values) {

  public PushRequest {
    values = Map.copyOf(values);
  }

  public static PushRequest of(RequestFields request) {
    request.only(Set.of("action", "environment", "files", "variables"));
    return new PushRequest(
        GivenNames.environment(request.required("environment")),
        files(request.required("files").object()),
        request
            .optional("variables")
            .map(values -> values.object().json().fields())
            .orElse(Map.of()));
  }

  private static ProjectFiles files(RequestFields given) {
    var files = new TreeMap<String, String>();
    for (var path : given.json().fields().keySet()) {
      if (!ProjectFiles.stays(path)) {
        throw ErrorCode.INVALID_PARAMS.at(
            given.pathOf(path), "is not a relative path with / between plain names");
      }
      files.put(path, given.required(path).text());
    }
    return new ProjectFiles(files);
  }
}
