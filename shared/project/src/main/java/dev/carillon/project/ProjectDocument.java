package dev.carillon.project;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON file with the files it names read in: {@code "html_body@": "email_1/body.html"} becomes
 * {@code "html_body": "<the text>"}.
 *
 * <p>A path is relative to the file that holds it and may not leave the directory of the thing
 * described. A file of blocks may name files in its turn; those may not. Only fields that hold a
 * structure are read as JSON; the others are text whatever their file is called, because a template
 * of JSON is not yet JSON.
 *
 * @param head the path of the file itself
 * @param json what it says; empty where that could not be read
 * @param origins which file a field came from, by the path of the field: {@code
 *     steps[0].template.html_body}
 */
public record ProjectDocument(
    String head, Json.Obj json, Map<String, String> origins, List<Finding> findings) {
  private static final Set<String> STRUCTURES = Set.of("visual_blocks", "trigger_data_json_schema");
  private static final int LEVELS = 2;

  public ProjectDocument {
    origins = Map.copyOf(origins);
    findings = List.copyOf(findings);
  }

  public static ProjectDocument read(ProjectFiles files, ProjectFiles.Directory directory) {
    var reading = new Reading(files, directory.path());
    var json = reading.structure(new Place(directory.head(), "", 0, Optional.empty()));
    return new ProjectDocument(
        directory.head(),
        json instanceof Json.Obj object ? object : Json.Obj.EMPTY,
        reading.origins,
        json instanceof Json.Obj || !reading.findings.isEmpty()
            ? reading.findings
            : List.of(Finding.inFile(directory.head(), "The file does not hold a JSON object.")));
  }

  /** The file that the field was written in: its own, or that of whatever holds it. */
  public String fileOf(String field) {
    return origins.entrySet().stream()
        .filter(origin -> holds(origin.getKey(), field))
        .max(Map.Entry.comparingByKey(java.util.Comparator.comparingInt(String::length)))
        .map(Map.Entry::getValue)
        .orElse(head);
  }

  private static boolean holds(String outer, String field) {
    return field.startsWith(outer)
        && (field.length() == outer.length() || ".[".indexOf(field.charAt(outer.length())) >= 0);
  }

  private static final class Reading {
    private final ProjectFiles files;
    private final String directory;
    private final Map<String, String> origins = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    Reading(ProjectFiles files, String directory) {
      this.files = files;
      this.directory = directory;
    }

    /** The JSON of a file, with the files it names; JSON null when it is none. */
    Json structure(Place place) {
      try {
        return resolved(JsonText.parse(files.text(place.file()).orElseThrow()), place);
      } catch (MalformedJson e) {
        refuse(place, e.located());
        return Json.NULL;
      }
    }

    private Json resolved(Json json, Place place) {
      return switch (json) {
        case Json.Obj object -> fields(object, place);
        case Json.Arr(var items) -> {
          var values = new ArrayList<Json>();
          for (int i = 0; i < items.size(); i++) {
            values.add(resolved(items.get(i), place.item(i, items.get(i))));
          }
          yield new Json.Arr(values);
        }
        case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> json;
      };
    }

    private Json fields(Json.Obj object, Place place) {
      var values = new LinkedHashMap<String, Json>();
      object
          .fields()
          .forEach(
              (name, value) -> {
                if (!name.endsWith("@")) {
                  values.put(name, resolved(value, place.field(name)));
                  return;
                }
                var plain = name.substring(0, name.length() - 1);
                if (object.get(plain).isPresent()) {
                  refuse(place, "\"%s\" and \"%s\" are both given.".formatted(plain, name));
                  return;
                }
                content(value, place.field(plain), name, plain)
                    .ifPresent(content -> values.put(plain, content));
              });
      return new Json.Obj(values);
    }

    private Optional<Json> content(Json path, Place place, String name, String plain) {
      if (!(path instanceof Json.Str(var relative))) {
        refuse(place, "\"%s\" must be the path of a file.".formatted(name));
        return Optional.empty();
      }
      if (place.level() == LEVELS) {
        refuse(place, "\"%s\": files can be read in over two levels, not three.".formatted(name));
        return Optional.empty();
      }
      var file = within(place.file(), relative);
      if (file.isEmpty()) {
        refuse(place, "\"%s\": %s leaves the directory %s.".formatted(name, relative, directory));
        return Optional.empty();
      }
      var text = files.text(file.get());
      if (text.isEmpty()) {
        refuse(place, "\"%s\": there is no file %s.".formatted(name, file.get()));
        return Optional.empty();
      }
      origins.put(place.path(), file.get());
      return Optional.of(
          STRUCTURES.contains(plain) ? structure(place.within(file.get())) : Json.of(text.get()));
    }

    /** The path that {@code relative} means in {@code holder}; empty when it leads outside. */
    private Optional<String> within(String holder, String relative) {
      var names = new ArrayList<>(List.of(holder.split("/")));
      names.removeLast();
      if (relative.startsWith("/") || relative.indexOf('\\') >= 0) {
        return Optional.empty();
      }
      for (var name : relative.split("/")) {
        switch (name) {
          case "", "." -> {}
          case ".." -> {
            if (names.isEmpty()) {
              return Optional.empty();
            }
            names.removeLast();
          }
          default -> names.add(name);
        }
      }
      return Optional.of(String.join("/", names)).filter(path -> path.startsWith(directory));
    }

    private void refuse(Place place, String reason) {
      findings.add(new Finding(Optional.empty(), place.file(), place.step(), reason));
    }
  }

  /**
   * Where in which file the reading is.
   *
   * @param level how many files lie between this one and the first
   * @param step the ref of the step around it
   */
  private record Place(String file, String path, int level, Optional<String> step) {
    /** Of a file that is read in here. */
    Place within(String inner) {
      return new Place(inner, path, level + 1, step);
    }

    Place field(String name) {
      return new Place(file, path.isEmpty() ? name : path + "." + name, level, step);
    }

    /** Whether this is a list of steps: a workflow's, or a branch's or cohort's. */
    private boolean isRow() {
      return path.equals("steps") || path.endsWith("].steps");
    }

    Place item(int index, Json item) {
      var ref =
          isRow() && item instanceof Json.Obj object
              ? object.text("ref")
              : Optional.<String>empty();
      return new Place(file, path + "[" + index + "]", level, ref.or(() -> step));
    }
  }
}
