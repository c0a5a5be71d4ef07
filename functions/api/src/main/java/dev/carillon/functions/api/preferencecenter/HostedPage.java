package dev.carillon.functions.api.preferencecenter;

import dev.carillon.edge.ApiException;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.link.PreferenceLink;
import dev.carillon.edge.link.PreferenceLink.Purpose;
import dev.carillon.edge.link.PreferenceLinks;
import dev.carillon.functions.api.preferences.KeepPreferences;
import dev.carillon.json.Json;
import dev.carillon.preference.PreferenceSets;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.TenantId;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Overloaded;
import dev.carillon.runtime.Ports;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The page behind a link: no key, no session, no script. Looking changes nothing, for scanners of
 * mail follow links. Sending the form, or a mail program's one click, changes what it says and
 * nothing else; twice is as once.
 */
public final class HostedPage {
  private static final String SHOWN = "shown";
  private static final String ON = "on";

  private final PreferenceLinks links;
  private final Center center;
  private final KeepPreferences preferences;
  private final InstantSource clock;
  private final Log log;

  private HostedPage(
      PreferenceLinks links,
      Center center,
      KeepPreferences preferences,
      InstantSource clock,
      Log log) {
    this.links = links;
    this.center = center;
    this.preferences = preferences;
    this.clock = clock;
    this.log = log;
  }

  public static HostedPage on(Ports ports) {
    return new HostedPage(
        new PreferenceLinks(ports.deploymentKeys()),
        new Center(ports),
        KeepPreferences.on(ports),
        ports.clock(),
        ports.log());
  }

  /** Answers when the path is one of a page; empty when it is not. */
  public Optional<PageReply> answer(HttpRequest request) {
    return PreferenceLinks.tokenIn(request.path()).map(token -> answer(request, token));
  }

  private PageReply answer(HttpRequest request, String token) {
    PageReply reply;
    try {
      reply = answered(request, token);
      log.decision("page.answered", "request", request.id(), "status", reply.status());
    } catch (Overloaded e) {
      log.failure("page.overloaded", e, "request", request.id());
      reply = new PageReply(503, PageHtml.notice("Please try again in a moment."));
    } catch (RuntimeException e) {
      log.failure("page.failed", e, "request", request.id());
      reply = new PageReply(500, PageHtml.notice("Something went wrong. Please try again."));
    }
    return reply;
  }

  private PageReply answered(HttpRequest request, String token) {
    Optional<PreferenceLink> link = links.open(token, clock.instant());
    // Who was deleted is not brought back by an old mail.
    Optional<Recipient> user =
        link.flatMap(it -> preferences.find(it.environment(), it.recipient()));
    if (user.isEmpty()) {
      return new PageReply(
          404, PageHtml.notice("This link does not work, or it does not work any more."));
    }
    var open = new Open(link.get(), user.get());
    return switch (request.method()) {
      case "GET", "HEAD" -> shown(open, false);
      case "POST" -> sent(request, open);
      default -> new PageReply(405, "");
    };
  }

  private record Open(PreferenceLink link, Recipient user) {
    String set() {
      return link.tenant().map(TenantId::value).orElse(PreferenceSets.DEFAULT);
    }

    Open with(Recipient now) {
      return new Open(link, now);
    }
  }

  private PageReply sent(HttpRequest request, Open open) {
    Optional<SentForm> form = SentForm.of(request);
    if (form.isEmpty()) {
      return new PageReply(400, PageHtml.notice("This form could not be read."));
    }
    try {
      return switch (open.link().purpose()) {
        case UNSUBSCRIBE -> {
          boolean again = form.get().all(PageHtml.SUBSCRIBE).contains(ON);
          if (!again && !form.get().isOneClick()) {
            yield new PageReply(400, PageHtml.notice("This form could not be read."));
          }
          Json.Obj said = Json.object().with(PreferenceSets.COMMERCIAL, Json.of(again));
          yield shown(open.with(write(request, open, PreferenceSets.DEFAULT, said)), true);
        }
        case MANAGE -> shown(changed(request, open, form.get()), true);
      };
    } catch (ApiException _) {
      // Too much is known of the recipient already; nothing was written.
      return new PageReply(422, PageHtml.notice("This could not be saved."));
    }
  }

  /** Writes what differs from what holds. What the form did not show is not touched. */
  private Open changed(HttpRequest request, Open open, SentForm form) {
    Json.Obj holds = holds(open);
    Json.Obj said = Json.Obj.EMPTY;
    Json.Obj commercial = Json.Obj.EMPTY;
    for (CenterRow row : center.config(open.link().environment()).rows()) {
      List<Toggle> editable = editable(row, holds, form);
      boolean differs =
          editable.stream().anyMatch(it -> (it.in(holds) == Toggle.State.ON) != isOn(it, form));
      if (!differs) {
        continue;
      }
      for (Toggle toggle : editable) {
        Json.Obj one = toggle.said(isOn(toggle, form));
        if (row.type() == CenterRow.Type.COMMERCIAL) {
          commercial = commercial.mergedDeeply(one);
        } else {
          said = said.mergedDeeply(one);
        }
      }
    }
    Open now = open;
    if (!said.fields().isEmpty()) {
      now = now.with(write(request, now, open.set(), said));
    }
    if (!commercial.fields().isEmpty()) {
      now = now.with(write(request, now, PreferenceSets.DEFAULT, commercial));
    }
    return now;
  }

  /** The whole row is written when one of it changed: what held for all of it may be one value. */
  private static List<Toggle> editable(CenterRow row, Json.Obj holds, SentForm form) {
    return row.toggles().stream()
        .filter(it -> it.in(holds) != Toggle.State.CONDITIONAL)
        .filter(it -> form.all(SHOWN).contains(it.name()))
        .toList();
  }

  private static boolean isOn(Toggle toggle, SentForm form) {
    return form.all(toggle.name()).contains(ON);
  }

  private Recipient write(HttpRequest request, Open open, String set, Json.Obj said) {
    PreferenceLink link = open.link();
    return preferences.write(request, link.environment(), link.recipient(), set, said, false);
  }

  private Json.Obj holds(Open open) {
    return preferences.shown(
        open.link().environment(), Optional.of(open.user()), open.set(), open.link().tenant());
  }

  private PageReply shown(Open open, boolean saved) {
    PreferenceLink link = open.link();
    CenterConfig config = center.config(link.environment());
    var html = new PageHtml(config, center.sender(link.environment(), link.tenant()));
    Json.Obj holds = holds(open);
    if (link.purpose() == Purpose.UNSUBSCRIBE) {
      boolean subscribed = CenterRow.COMMERCIAL.toggles().getFirst().in(holds) != Toggle.State.OFF;
      return new PageReply(200, html.unsubscribing(subscribed));
    }
    String who = open.user().text("email").orElse(link.user());
    var rows = new ArrayList<PageHtml.Row>();
    for (CenterRow row : config.rows()) {
      rows.add(
          new PageHtml.Row(
              row,
              row.toggles().stream().map(it -> new PageHtml.Switch(it, it.in(holds))).toList()));
    }
    return new PageReply(200, html.managing(rows, who, saved));
  }
}
