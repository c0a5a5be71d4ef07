package dev.carillon.project.knock;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.project.Api;
import dev.carillon.project.ImportReport;
import dev.carillon.project.ImportReport.Fate;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Brings what is in a Knock repository into an environment, by the management API: the same calls
 * that Knock's command line makes, with a report in the place of the first error. Safe to repeat:
 * what is there already is saved again as it is.
 */
public final class ImportKnock {
  private static final Pattern VARIABLE = Pattern.compile("\\bvars\\.([A-Za-z_][\\w-]*)");

  /** The names that stand under {@code vars} without anybody setting them. */
  private static final Set<String> GIVEN =
      Set.of("branding", "manage_preferences_url", "commercial_unsubscribe_url");

  private final Api management;
  private final String environment;
  private final ImportReport report = new ImportReport();

  /** Whether anything is written, and whether it serves then. */
  public enum Extent {
    /** Nothing is written: everything is checked by itself. */
    CHECK,
    /** Everything is saved as drafts. */
    SAVE,
    COMMIT
  }

  /**
   * @param management called with a service token
   * @param environment the slug of the one that authors write in
   */
  public ImportKnock(Api management, String environment) {
    this.management = management;
    this.environment = encoded(environment);
  }

  /**
   * What became of everything in the folder. Refusals are in the report; a deployment that does not
   * answer throws.
   *
   * @throws IllegalArgumentException when there is nothing of Knock's in the folder
   */
  public ImportReport run(Path folder, Extent extent) {
    List<KnockResource> resources = KnockRepository.read(folder, report);
    resources.forEach(resource -> save(resource, extent));
    needed(resources);
    if (extent == Extent.COMMIT) {
      commit();
    }
    return report;
  }

  private void save(KnockResource resource, Extent extent) {
    String path =
        resource.kind().path()
            + encoded(resource.key())
            + (extent == Extent.CHECK ? "/validate" : "")
            + "?environment="
            + environment
            + resource.namespace().map(it -> "&namespace=" + encoded(it)).orElse("");
    Api.Answer answer =
        management.call(
            "PUT",
            path,
            Optional.of(Json.object().with(resource.kind().wrapper(), resource.content())));
    if (answer.ok()) {
      report.add(Fate.MAPPED, resource.name(), resource.file(), "");
    } else {
      answer
          .reasons()
          .forEach(why -> report.add(Fate.REFUSED, resource.name(), resource.file(), why));
    }
  }

  private void commit() {
    Api.Answer answer =
        management.call(
            "PUT",
            "/v1/commits?environment=" + environment + "&commit_message=" + encoded("From Knock"),
            Optional.empty());
    if (!answer.ok()) {
      answer.reasons().forEach(why -> report.add(Fate.REFUSED, "the commit", "", why));
    }
  }

  /** What the workflows name and a repository does not hold: channels, their groups, variables. */
  private void needed(List<KnockResource> resources) {
    var channels = names("/v1/channels?environment=" + environment, "key");
    var groups = names("/v1/channel_groups?environment=" + environment, "key");
    var variables = names("/v1/variables?environment=" + environment, "key");
    users(resources, "channel_key")
        .forEach(
            (channel, workflows) -> {
              if (!channels.contains(channel.key())) {
                report.add(
                    Fate.NEEDED,
                    "channel " + channel.key(),
                    channel.type(),
                    "there is none of that key; until there is, its steps are skipped in "
                        + String.join(", ", workflows));
              }
            });
    users(resources, "channel_group_key")
        .forEach(
            (group, workflows) -> {
              if (!groups.contains(group.key())) {
                report.add(
                    Fate.NEEDED,
                    "channel group " + group.key(),
                    group.type(),
                    "there is none of that key; until there is, its steps are skipped in "
                        + String.join(", ", workflows));
              }
            });
    var named =
        resources.stream()
            .flatMap(it -> VARIABLE.matcher(JsonText.write(it.content())).results())
            .map(it -> it.group(1))
            .filter(name -> !GIVEN.contains(name) && !variables.contains(name))
            .collect(Collectors.toCollection(TreeSet::new));
    named.forEach(
        name ->
            report.add(
                Fate.NEEDED,
                "variable " + name,
                "vars." + name,
                "without a value it is empty where a template names it"));
  }

  private record Used(String key, String type) implements Comparable<Used> {
    @Override
    public int compareTo(Used other) {
      return key.compareTo(other.key);
    }
  }

  /** Which workflows use what their steps name in that field. */
  private static Map<Used, Set<String>> users(List<KnockResource> resources, String field) {
    var users = new TreeMap<Used, Set<String>>();
    for (KnockResource resource : resources) {
      for (Json.Obj step : resource.steps()) {
        step.text(field)
            .ifPresent(
                key ->
                    users
                        .computeIfAbsent(
                            new Used(key, step.text("channel_type").orElse("")),
                            _ -> new TreeSet<>())
                        .add(resource.key()));
      }
    }
    return users;
  }

  /** Of all entries of a list; empty when it cannot be read, and all is then said to be needed. */
  private Set<String> names(String path, String field) {
    var names = new TreeSet<String>();
    Optional<String> after = Optional.of("");
    while (after.isPresent()) {
      Api.Answer page =
          management.call(
              "GET",
              path + (after.get().isEmpty() ? "" : "&after=" + encoded(after.get())),
              Optional.empty());
      page.fields().list("entries").stream()
          .filter(Json.Obj.class::isInstance)
          .flatMap(entry -> ((Json.Obj) entry).text(field).stream())
          .forEach(names::add);
      after = page.fields().object("page_info").text("after").filter(it -> !it.isEmpty());
    }
    return names;
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
