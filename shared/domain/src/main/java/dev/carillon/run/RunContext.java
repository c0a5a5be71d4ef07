package dev.carillon.run;

import dev.carillon.condition.Facts;
import dev.carillon.content.Assets;
import dev.carillon.content.LibraryShelf;
import dev.carillon.json.Json;
import dev.carillon.preference.PreferenceSets;
import dev.carillon.recipient.TenantId;
import dev.carillon.schedule.Schedule;
import dev.carillon.time.Zones;
import dev.carillon.trigger.Trigger;
import dev.carillon.variable.SecretValues;
import dev.carillon.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that the decisions and templates of a run rest on beside the run itself: loaded once each
 * time the run moves, the same for all the steps until it waits. Steps, previews, test fetches and
 * benchmarks share it.
 *
 * @param workflow the version that the run is bound to
 * @param schedule the schedule that started the run, if one did and is still there
 * @param secrets the values among the variables that no log shows
 */
public record RunContext(
    Trigger trigger,
    Workflow workflow,
    Participants participants,
    Optional<Schedule> schedule,
    EnvironmentContext environment,
    SecretValues secrets) {

  public RunContext(
      Trigger trigger,
      Workflow workflow,
      Participants participants,
      Optional<Schedule> schedule,
      EnvironmentContext environment) {
    this(trigger, workflow, participants, schedule, environment, environment.secrets());
  }

  /** The same run in another version of its workflow, among these people. */
  public RunContext with(Workflow version, Participants others) {
    return new RunContext(trigger, version, others, schedule, environment, secrets);
  }

  /** The same run where other layouts, partials and translations serve. */
  public RunContext with(LibraryShelf shelf) {
    return new RunContext(
        trigger, workflow, participants, schedule, environment.with(shelf), secrets);
  }

  /** Whose clocks windows go by. */
  public Zones.Chosen zone() {
    return Zones.of(
        participants.recipient().flatMap(known -> known.text("timezone")),
        environment.settings().timezone());
  }

  /**
   * The layouts, partials and translations that the workflow's templates use for the recipient.
   *
   * @param also what else is rendered that may use some
   */
  public Assets.Library library(Json... also) {
    return library(List.of(), also);
  }

  /**
   * As {@link #library(Json...)}, with texts in these languages, too.
   *
   * @param languages other locales than the recipient's that something is rendered for
   */
  public Assets.Library library(List<String> languages, Json... also) {
    return used(sources(also), languages);
  }

  /** What of it a single template uses. */
  public Assets.Library libraryOf(Json template) {
    return used(List.of(template), List.of());
  }

  private Assets.Library used(List<Json> sources, List<String> languages) {
    String own = participants.recipient().flatMap(known -> known.text("locale")).orElse("");
    return environment
        .shelf()
        .usedBy(
            sources,
            Stream.concat(Stream.of(own), languages.stream()).toList(),
            trigger.tenantId().map(TenantId::value).orElse(""));
  }

  /** As {@link #library}, for a recipient of whom nothing is known. */
  public Assets.Library libraryOfNobody(Json... also) {
    return environment.shelf().usedBy(sources(also), List.of(""), "");
  }

  private List<Json> sources(Json... also) {
    return Stream.concat(Stream.of(workflow.source()), Stream.of(also)).toList();
  }

  /** The preference sets that may speak for the recipient. */
  public PreferenceSets preferenceSets() {
    return PreferenceSets.of(
        participants.recipient(),
        trigger.tenantId(),
        participants.tenant(),
        environment.settings());
  }

  /** The data of the run as it stands. */
  public Json.Obj data(Run run) {
    return run.carried().data().orElseGet(() -> trigger.dataFor(run.recipient()));
  }

  /** What templates and conditions see now. */
  public Json.Obj variables(Run run, Instant now) {
    return RunVariables.of(this, run, data(run), now);
  }

  /** What conditions see: as templates do, but for the values of secrets in logs. */
  public Facts facts(Run run, Instant now) {
    return facts(variables(run, now), now);
  }

  /** The same with the data of the run's own trigger, whatever steps made of it. */
  public Facts openingFacts(Run run, Instant now) {
    return facts(RunVariables.of(this, run, trigger.dataFor(run.recipient()), now), now);
  }

  private Facts facts(Json.Obj variables, Instant now) {
    return Facts.of(variables, now).withSecrets(environment.variables().secret().fields().keySet());
  }
}
