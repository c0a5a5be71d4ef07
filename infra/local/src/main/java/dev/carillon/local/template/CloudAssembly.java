package dev.carillon.local.template;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The folder that a CDK synth leaves behind: the templates of its stacks, and where the files that
 * a deployment would upload are to be found.
 *
 * @param assets from object key ({@code <hash>.jar}) to the file
 */
record CloudAssembly(List<Stack> stacks, Map<String, Path> assets) {
  // CloudFormation nests deeper than the JSON we accept from clients.
  private static final int DEPTH = 200;

  record Stack(String name, Json.Obj template) {}

  static CloudAssembly read(Path folder) {
    var stacks = new ArrayList<Stack>();
    var assets = new HashMap<String, Path>();
    var artifacts = object(folder.resolve("manifest.json")).object("artifacts");
    artifacts
        .fields()
        .forEach(
            (id, value) -> {
              if (!(value instanceof Json.Obj artifact)) {
                return;
              }
              var properties = artifact.object("properties");
              switch (artifact.text("type").orElse("")) {
                case "aws:cloudformation:stack" ->
                    stacks.add(
                        new Stack(
                            properties.text("stackName").orElse(id),
                            object(folder.resolve(required(properties, "templateFile", id)))));
                case "cdk:asset-manifest" -> {
                  var file = required(properties, "file", id);
                  assets.putAll(assets(folder, object(folder.resolve(file))));
                }
                default -> {
                  // Metadata trees and the like say nothing about what is deployed.
                }
              }
            });
    if (stacks.isEmpty()) {
      throw new UnsupportedTemplate("There is no stack in " + folder.resolve("manifest.json"));
    }
    return new CloudAssembly(List.copyOf(stacks), Map.copyOf(assets));
  }

  private static Map<String, Path> assets(Path folder, Json.Obj manifest) {
    var found = new HashMap<String, Path>();
    for (var value : manifest.object("files").fields().values()) {
      if (value instanceof Json.Obj file) {
        var path = file.object("source").text("path").orElse("");
        for (var destination : file.object("destinations").fields().values()) {
          if (destination instanceof Json.Obj to) {
            to.text("objectKey").ifPresent(key -> found.put(key, folder.resolve(path).normalize()));
          }
        }
      }
    }
    return found;
  }

  private static String required(Json.Obj properties, String name, String artifact) {
    return properties
        .text(name)
        .orElseThrow(() -> new UnsupportedTemplate("Artifact " + artifact + " has no " + name));
  }

  private static Json.Obj object(Path file) {
    try {
      if (JsonText.parse(Files.readString(file), DEPTH) instanceof Json.Obj value) {
        return value;
      }
      throw new UnsupportedTemplate(file + " does not hold an object");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }
}
