package dev.carillon.functions.steps.render;

import dev.carillon.access.DeploymentKeys;
import dev.carillon.edge.link.PreferenceLink;
import dev.carillon.edge.link.PreferenceLink.Purpose;
import dev.carillon.edge.link.PreferenceLinks;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.run.Run;
import dev.carillon.run.RunContext;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The addresses under which the recipient of a message changes what is sent: among the variables of
 * every template, and in the headers of commercial mail. A message that is made again bears the
 * same ones.
 */
public final class PreferenceAddresses {
  private static final String MANAGE = "manage_preferences_url";
  private static final String UNSUBSCRIBE = "commercial_unsubscribe_url";

  private final PreferenceLinks links;
  private final Supplier<String> origin;

  /**
   * @param origin of the HTTP API
   */
  public PreferenceAddresses(DeploymentKeys keys, Supplier<String> origin) {
    this.links = new PreferenceLinks(keys);
    this.origin = origin;
  }

  /**
   * Those of one run. Objects have none: nobody reads for them.
   *
   * @param unsubscribe of a commercial workflow only
   */
  public record Addresses(Optional<String> manage, Optional<String> unsubscribe) {

    /** The scope with them among its variables, in place of any that are called the same. */
    public Json.Obj in(Json.Obj scope) {
      Json.Obj vars = scope.object("vars").without(MANAGE).without(UNSUBSCRIBE);
      if (manage.isPresent()) {
        vars = vars.with(MANAGE, manage.get());
      }
      if (unsubscribe.isPresent()) {
        vars = vars.with(UNSUBSCRIBE, unsubscribe.get());
      }
      return scope.with("vars", vars);
    }

    /** A mail with the headers by which a mail program unsubscribes in one click (RFC 8058). */
    public Content on(Content content) {
      if (unsubscribe.isEmpty() || !(content instanceof Content.Email mail)) {
        return content;
      }
      var headers = new LinkedHashMap<>(mail.headers());
      headers.putIfAbsent("List-Unsubscribe", "<" + unsubscribe.get() + ">");
      headers.putIfAbsent("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
      return new Content.Email(
          mail.envelope(),
          mail.subject(),
          mail.html(),
          mail.text(),
          headers,
          mail.attachments(),
          mail.overrides());
    }

    /** What is not tracked: these, beside the footer's. */
    public List<String> untracked(List<String> footer) {
      var all = new ArrayList<>(footer);
      manage.ifPresent(all::add);
      unsubscribe.ifPresent(all::add);
      return all;
    }
  }

  public Addresses of(Run run, RunContext context) {
    return run.recipient().isUser()
        ? new Addresses(
            Optional.of(address(run, Purpose.MANAGE)),
            context.workflow().commercial()
                ? Optional.of(address(run, Purpose.UNSUBSCRIBE))
                : Optional.empty())
        : new Addresses(Optional.empty(), Optional.empty());
  }

  private String address(Run run, Purpose purpose) {
    var lastDay =
        LocalDate.ofInstant(run.effectiveAt(), ZoneOffset.UTC)
            .plusDays(PreferenceLink.DAYS_IN_MESSAGES);
    return origin.get()
        + links.path(
            new PreferenceLink(
                run.environment(), run.recipient().id(), run.tenant(), purpose, lastDay));
  }
}
