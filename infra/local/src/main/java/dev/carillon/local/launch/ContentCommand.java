package dev.carillon.local.launch;

import dev.carillon.json.Json;
import dev.carillon.project.Api;
import dev.carillon.project.ImportReport;
import dev.carillon.project.knock.ImportKnock;
import dev.carillon.project.pinpoint.ImportPinpoint;
import dev.carillon.project.plan.PlanLines;
import dev.carillon.project.types.JavaTypes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.SourceVersion;

/**
 * What is done with content by the management API of a deployment, or of a local stack that runs:
 * {@code ./carillon import}, {@code ./carillon types} and {@code ./carillon plan}.
 */
public final class ContentCommand {
  private static final Set<String> OPTIONS =
      Set.of("--origin", "--port", "--token", "--key", "--environment", "--branch", "--package");
  private static final Set<String> FLAGS = Set.of("--dry-run", "--draft");

  /** What Knock's command line reads as well. */
  private static final String TOKEN = "KNOCK_SERVICE_TOKEN";

  private static final String LOCAL_TOKEN = "knock_st_local";

  /** What Knock's SDKs read as well. */
  private static final String KEY = "KNOCK_API_KEY";

  private static final String LOCAL_KEY = "sk_local";

  private static final String JAVA = ".java";

  private final CommandLine line;

  private ContentCommand(CommandLine line) {
    this.line = line;
  }

  public static void main(String[] arguments) {
    try {
      var all = List.of(arguments);
      var command =
          new ContentCommand(CommandLine.read(all.subList(1, all.size()), OPTIONS, FLAGS));
      System.exit(command.run(all.getFirst()) ? 0 : 1);
    } catch (UpOptions.Refused | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private boolean run(String command) {
    List<String> rest = line.rest();
    if (command.equals("import") && rest.size() == 2) {
      switch (rest.getFirst()) {
        case "knock" -> {
          return knock(Path.of(rest.getLast()));
        }
        case "pinpoint" -> {
          return pinpoint(Path.of(rest.getLast()));
        }
        default -> {}
      }
    }
    if (command.equals("types") && rest.size() == 1) {
      return types(Path.of(rest.getFirst()));
    }
    if (command.equals("plan") && rest.size() <= 1) {
      return plan(rest.stream().findFirst());
    }
    throw new UpOptions.Refused("./carillon help says how to call this.");
  }

  /** Writes the types of all workflows into a file that is called as their class is. */
  private boolean types(Path file) {
    String name = file.getFileName().toString();
    if (!name.endsWith(JAVA) || !SourceVersion.isIdentifier(name.replace(JAVA, ""))) {
      throw new UpOptions.Refused(
          name
              + " must be called as a class of Java, such as Notifications.java; Knock's command"
              + " line makes types of other languages.");
    }
    Optional<String> source =
        JavaTypes.source(line.option("--package").orElse(""), name.replace(JAVA, ""), workflows());
    if (source.isEmpty()) {
      throw new UpOptions.Refused("No workflow has a trigger_data_json_schema with properties.");
    }
    try {
      Files.writeString(file, source.get());
    } catch (IOException e) {
      throw new UpOptions.Refused(file.toAbsolutePath() + " cannot be written: " + e.getMessage());
    }
    return true;
  }

  /** Says what a commit would change. */
  private boolean plan(Optional<String> workflow) {
    Api.Answer answer =
        management()
            .call(
                "GET",
                "/v1/plan?environment="
                    + environment()
                    + workflow.map(it -> "&workflow=" + it).orElse(""),
                Optional.empty());
    if (!answer.ok()) {
      throw new UpOptions.Refused(answer.reasons().getFirst());
    }
    PlanLines.of(answer.fields()).forEach(System.out::println);
    return true;
  }

  private List<Json.Obj> workflows() {
    var all = new ArrayList<Json.Obj>();
    Optional<String> after = Optional.of("");
    while (after.isPresent()) {
      Api.Answer page =
          management()
              .call(
                  "GET",
                  "/v1/workflows?limit=100&environment="
                      + environment()
                      + line.option("--branch").map(it -> "&branch=" + it).orElse("")
                      + (after.get().isEmpty() ? "" : "&after=" + after.get()),
                  Optional.empty());
      if (!page.ok()) {
        throw new UpOptions.Refused(page.reasons().getFirst());
      }
      page.fields().list("entries").forEach(it -> all.add((Json.Obj) it));
      after = page.fields().object("page_info").text("after").filter(it -> !it.isEmpty());
    }
    return all;
  }

  private boolean knock(Path folder) {
    ImportKnock.Extent extent =
        line.has("--dry-run")
            ? ImportKnock.Extent.CHECK
            : line.has("--draft") ? ImportKnock.Extent.SAVE : ImportKnock.Extent.COMMIT;
    return printed(new ImportKnock(management(), environment()).run(folder, extent));
  }

  private boolean pinpoint(Path file) {
    return printed(
        new ImportPinpoint(
                management(),
                credential("--key", KEY, LOCAL_KEY),
                environment(),
                !line.has("--dry-run"))
            .run(file));
  }

  private static boolean printed(ImportReport report) {
    report.lines().forEach(it -> System.out.println(it.text()));
    System.out.println(report.totals());
    return report.isGood();
  }

  private String environment() {
    return line.option("--environment").orElse("development");
  }

  private ApiOverHttp management() {
    return credential("--token", TOKEN, LOCAL_TOKEN);
  }

  private ApiOverHttp credential(String option, String variable, String local) {
    return new ApiOverHttp(
        origin(),
        line.option(option).or(() -> Optional.ofNullable(System.getenv(variable))).orElse(local));
  }

  private URI origin() {
    return URI.create(
        line.option("--origin").orElse("http://localhost:" + line.option("--port").orElse("8080")));
  }
}
