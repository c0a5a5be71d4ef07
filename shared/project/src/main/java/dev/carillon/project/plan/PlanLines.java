package dev.carillon.project.plan;

import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The answer of {@code GET /v1/plan} as lines for people. */
public final class PlanLines {
  private static final int VERSION_CHARACTERS = 8;

  private PlanLines() {}

  public static List<String> of(Json.Obj plan) {
    var lines = new ArrayList<String>();
    List<Json.Obj> recipients = objects(plan, "recipients");
    for (Json.Obj workflow : objects(plan, "workflows")) {
      String key = workflow.text("key").orElse("");
      lines.add(key + "  " + versions(workflow));
      parts(workflow, "parts", "  renders the drafts of ", lines);
      Json.Obj effects = workflow.object("recipients");
      lines.add(
          "  of those triggered within the hour: more %s, less %s, other %s, same %s"
              .formatted(
                  number(effects, "more"),
                  number(effects, "less"),
                  number(effects, "other"),
                  number(effects, "same")));
      recipients.stream()
          .filter(it -> it.text("workflow").orElse("").equals(key))
          .map(PlanLines::recipient)
          .forEach(lines::add);
      lines.add("  waiting runs, which keep their version: " + number(workflow, "waiting_runs"));
      list(workflow, "audiences", "  asks about the audiences ", lines);
      list(workflow, "assumed", "  only a run knows what comes of: ", lines);
    }
    if (lines.isEmpty()) {
      lines.add("No workflow has a draft, nor renders one.");
    }
    parts(
        Json.object()
            .with(
                "parts",
                Json.array(
                    plan.list("changed_parts").stream()
                        .filter(
                            it -> it instanceof Json.Obj part && part.list("workflows").isEmpty())
                        .toList())),
        "parts",
        "rendered by no workflow, the drafts of ",
        lines);
    list(plan, "refused", "cannot be read, see its validation: ", lines);
    list(plan, "changed_audiences", "drafts of audiences: ", lines);
    if (Json.FALSE.equals(plan.fields().get("complete"))) {
      lines.add("There is more than this looked at.");
    }
    return List.copyOf(lines);
  }

  private static String versions(Json.Obj workflow) {
    String to = brief(workflow.text("to_version").orElse(""));
    String from = workflow.text("from_version").map(PlanLines::brief).orElse("new");
    return from.equals(to) ? to : from + " -> " + to;
  }

  private static void parts(Json.Obj object, String name, String before, List<String> lines) {
    String all =
        objects(object, name).stream()
            .map(
                it ->
                    it.text("resource_type").orElse("").replace('_', ' ')
                        + " "
                        + it.text("resource_id").orElse(""))
            .collect(Collectors.joining(", "));
    if (!all.isEmpty()) {
      lines.add(before + all);
    }
  }

  private static String recipient(Json.Obj recipient) {
    Json.Obj before = recipient.object("before");
    Json.Obj after = recipient.object("after");
    var channels = new TreeSet<>(before.fields().keySet());
    channels.addAll(after.fields().keySet());
    return "  %-5s  %s%s  %s"
        .formatted(
            recipient.text("effect").orElse(""),
            who(recipient),
            recipient.text("tenant").map(it -> " in " + it).orElse(""),
            channels.stream()
                .map(it -> it + " " + number(before, it) + " -> " + number(after, it))
                .collect(Collectors.joining(", ")));
  }

  private static String who(Json.Obj recipient) {
    return recipient
        .text("recipient")
        .orElseGet(
            () -> {
              Json.Obj object = recipient.object("recipient");
              return object.text("collection").orElse("") + " " + object.text("id").orElse("");
            });
  }

  private static String number(Json.Obj object, String name) {
    return object.fields().get(name) instanceof Json.Num(var value) ? value.toPlainString() : "0";
  }

  private static void list(Json.Obj object, String name, String before, List<String> lines) {
    String all =
        object.list(name).stream()
            .filter(Json.Str.class::isInstance)
            .map(it -> ((Json.Str) it).value())
            .collect(Collectors.joining(", "));
    if (!all.isEmpty()) {
      lines.add(before + all);
    }
  }

  private static List<Json.Obj> objects(Json.Obj object, String name) {
    return object.list(name).stream()
        .filter(Json.Obj.class::isInstance)
        .map(Json.Obj.class::cast)
        .toList();
  }

  private static String brief(String version) {
    return version.substring(0, Math.min(VERSION_CHARACTERS, version.length()));
  }
}
