package dev.carillon.project.pinpoint;

import dev.carillon.json.Json;
import dev.carillon.project.Api;
import dev.carillon.project.ImportReport;
import dev.carillon.project.ImportReport.Fate;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings what Amazon Pinpoint gave out into an environment: a template as a workflow of one
 * message, a segment as an audience, endpoints as the users they belong to. Safe to repeat.
 */
public final class ImportPinpoint {
  /** Users of one call, which may have a thousand; one that is refused refuses its call. */
  private static final int BATCH = 200;

  private static final Set<String> TYPES = Set.of("email", "sms", "push");

  private final Api management;
  private final Api server;
  private final String environment;
  private final boolean writes;
  private final ImportReport report = new ImportReport();

  /**
   * @param management called with a service token
   * @param server the same deployment, called with a secret key of the environment
   * @param writes false to check templates and segments and write nothing; users are then only
   *     counted
   */
  public ImportPinpoint(Api management, Api server, String environment, boolean writes) {
    this.management = management;
    this.server = server;
    this.environment = encoded(environment);
    this.writes = writes;
  }

  /**
   * What became of everything in the file. Templates and segments are drafts: nothing serves before
   * somebody has looked at it and commits.
   *
   * @throws IllegalArgumentException when the file is no JSON
   */
  public ImportReport run(Path file) {
    PinpointExport export = PinpointExport.read(file);
    export
        .unknown()
        .forEach(
            where ->
                report.add(Fate.LEFT_OUT, "something", where, "it is none of Pinpoint's answers"));
    var channels = channels();
    var users = new PinpointUsers(export.endpoints(), channels.byProvider());
    var templates = new PinpointTemplates(channels.byType(), users.lists());
    export.templates().forEach(template -> template(template, templates, channels.byType()));
    var segments = new PinpointSegments(users.lists());
    export.segments().forEach(segment -> segment(segment, segments));
    if (!export.endpoints().isEmpty()) {
      users(users);
    }
    return report;
  }

  private record Channels(Map<String, String> byType, Map<String, String> byProvider) {}

  /** The first of each type by its key, and of each provider by its id. */
  private Channels channels() {
    var byType = new LinkedHashMap<String, String>();
    var byProvider = new LinkedHashMap<String, String>();
    for (Json entry :
        management
            .call("GET", "/v1/channels?limit=50&environment=" + environment, Optional.empty())
            .fields()
            .list("entries")) {
      var channel = (Json.Obj) entry;
      channel.text("type").ifPresent(it -> byType.putIfAbsent(it, channel.text("key").orElse("")));
      channel
          .text("provider")
          .ifPresent(it -> byProvider.putIfAbsent(it, channel.text("id").orElse("")));
    }
    return new Channels(byType, byProvider);
  }

  private void template(
      PinpointExport.Template template, PinpointTemplates templates, Map<String, String> channels) {
    String name = template.channel().word() + " template " + template.name();
    Optional<PinpointTemplates.Made> made = templates.workflow(template);
    if (made.isEmpty()) {
      report.add(
          Fate.LEFT_OUT, name, "", "there are no " + template.channel().word() + " messages here");
      return;
    }
    PinpointTemplates.Made workflow = made.get();
    Api.Answer answer =
        saved("workflows/" + workflow.key(), Json.object().with("workflow", workflow.workflow()));
    String type = template.channel().word();
    if (!answer.ok()) {
      refused(name, answer);
    } else if (!workflow.lost().isEmpty()) {
      report.add(
          Fate.DIFFERS,
          name,
          "workflow " + workflow.key(),
          "these come out empty, nothing like them is known of recipients: "
              + String.join(", ", workflow.lost()));
    } else {
      report.add(Fate.MAPPED, name, "workflow " + workflow.key(), "");
    }
    if (TYPES.contains(type) && !channels.containsKey(type)) {
      report.add(
          Fate.NEEDED,
          "channel " + type,
          type,
          "there is none of that type; until there is, workflow "
              + workflow.key()
              + " sends nothing");
    }
  }

  private void segment(Json.Obj segment, PinpointSegments segments) {
    String name = segment.text("Name").or(() -> segment.text("Id")).orElse("Segment");
    switch (segments.audience(segment)) {
      case PinpointSegments.Made.Nothing(var why) ->
          report.add(Fate.LEFT_OUT, "segment " + name, "", why);
      case PinpointSegments.Made.Audience(var audience) -> {
        String key = PinpointTemplates.key(name);
        Api.Answer answer = saved("audiences/" + key, Json.object().with("audience", audience));
        if (answer.ok()) {
          report.add(Fate.MAPPED, "segment " + name, "audience " + key, "");
        } else {
          refused("segment " + name, answer);
        }
      }
    }
  }

  private Api.Answer saved(String path, Json.Obj body) {
    return management.call(
        "PUT",
        "/v1/" + path + (writes ? "" : "/validate") + "?environment=" + environment,
        Optional.of(body));
  }

  private void refused(String what, Api.Answer answer) {
    answer.reasons().forEach(why -> report.add(Fate.REFUSED, what, "", why));
  }

  private void users(PinpointUsers users) {
    List<Json.Obj> all = users.all();
    int taken = 0;
    for (int from = 0; from < all.size(); from += BATCH) {
      taken += identified(all.subList(from, Math.min(all.size(), from + BATCH)));
    }
    report.add(Fate.MAPPED, taken + " users", "", "");
    users
        .different()
        .forEach((why, count) -> report.add(Fate.DIFFERS, count + " endpoints", "", why));
    users
        .leftOut()
        .forEach((why, count) -> report.add(Fate.LEFT_OUT, count + " endpoints", "", why));
  }

  /** How many were taken; of a call that is refused each half is tried by itself. */
  private int identified(List<Json.Obj> some) {
    if (!writes) {
      return some.size();
    }
    Api.Answer answer =
        server.call(
            "POST",
            "/v1/users/bulk/identify",
            Optional.of(Json.object().with("users", Json.array(List.copyOf(some)))));
    if (answer.ok()) {
      return some.size();
    }
    if (some.size() == 1) {
      refused("user " + some.getFirst().text("id").orElse(""), answer);
      return 0;
    }
    int half = some.size() / 2;
    return identified(some.subList(0, half)) + identified(some.subList(half, some.size()));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
