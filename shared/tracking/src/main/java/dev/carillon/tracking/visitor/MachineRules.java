package dev.carillon.tracking.visitor;

import static dev.carillon.tracking.visitor.MachineSign.AUTOMATION;
import static dev.carillon.tracking.visitor.MachineSign.HEAD_REQUEST;
import static dev.carillon.tracking.visitor.MachineSign.IMAGE_PROXY;
import static dev.carillon.tracking.visitor.MachineSign.LINK_PREVIEW;
import static dev.carillon.tracking.visitor.MachineSign.MAIL_PRIVACY;
import static dev.carillon.tracking.visitor.MachineSign.MAIL_SCANNER;
import static dev.carillon.tracking.visitor.MachineSign.NO_USER_AGENT;
import static dev.carillon.tracking.visitor.MachineSign.PREFETCH;

import dev.carillon.tracking.visitor.MachineRule.Mark;
import java.util.List;

/**
 * Tells machines from people by what a request says of itself. The first rule that fits decides.
 *
 * <p>What hides behind a browser's own User-Agent (most mail scanners do, by design) is taken for a
 * person: a request alone does not show it.
 */
public final class MachineRules {
  /** github.com/monperrus/crawler-user-agents at 7c7f9f25, MIT: collected User-Agents. */
  private static final String COLLECTED = "crawler-user-agents 7c7f9f25";

  private static final String FETCH = "Sec-Purpose, WHATWG Fetch; as MDN documents it";

  /** The rules in the order they are asked. */
  public static final List<MachineRule> ALL =
      List.of(
          rule(HEAD_REQUEST, new Mark.Method("HEAD"), "RFC 9110 §9.3.2: no content is asked for"),
          rule(PREFETCH, new Mark.HeaderStarts("sec-purpose", "prefetch"), FETCH),
          rule(PREFETCH, new Mark.HeaderStarts("purpose", "prefetch"), "Chrome before Sec-Purpose"),
          rule(PREFETCH, new Mark.HeaderStarts("x-purpose", "preview"), "Safari's Top Sites"),
          rule(PREFETCH, new Mark.HeaderStarts("x-purpose", "prefetch"), "as purpose"),
          rule(PREFETCH, new Mark.HeaderStarts("purpose", "preview"), "as x-purpose"),
          rule(PREFETCH, new Mark.HeaderStarts("x-moz", "prefetch"), "Firefox before Sec-Purpose"),
          rule(NO_USER_AGENT, new Mark.NoAgent(), "RFC 9110 §10.1.5: browsers SHOULD send one"),
          // Apple's proxies send this much of a User-Agent and no more.
          rule(
              MAIL_PRIVACY,
              new Mark.AgentIs("mozilla/5.0"),
              "as senders report it (help.socketlabs.com and others); Apple publishes none"),
          agent(IMAGE_PROXY, "googleimageproxy", COLLECTED),
          // What Google's proxy bears where it loads images of mail that nobody opened yet.
          rule(
              IMAGE_PROXY,
              new Mark.AgentIs(
                  "mozilla/5.0 (windows nt 10.0; win64; x64) applewebkit/537.36 (khtml, like gecko)"
                      + " chrome/42.0.2311.135 safari/537.36 edge/12.246 mozilla/5.0"),
              "as senders report it (developers.hubspot.com and others); Google publishes none"),
          agent(IMAGE_PROXY, "yahoomailproxy", COLLECTED),
          agent(IMAGE_PROXY, "slack-imgproxy", COLLECTED),
          agent(IMAGE_PROXY, "imgproxy/", COLLECTED),
          agent(LINK_PREVIEW, "slackbot", COLLECTED),
          agent(LINK_PREVIEW, "discordbot", COLLECTED),
          agent(LINK_PREVIEW, "telegrambot", COLLECTED),
          rule(LINK_PREVIEW, new Mark.AgentStarts("whatsapp"), COLLECTED),
          rule(LINK_PREVIEW, new Mark.AgentStarts("viber"), COLLECTED),
          // iMessage's previews bear this one and Twitterbot's beside Safari's.
          agent(LINK_PREVIEW, "facebookexternalhit", COLLECTED),
          agent(LINK_PREVIEW, "twitterbot", COLLECTED),
          agent(LINK_PREVIEW, "linkedinbot", COLLECTED),
          agent(LINK_PREVIEW, "skypeuripreview", COLLECTED),
          agent(LINK_PREVIEW, "bingpreview", COLLECTED),
          agent(LINK_PREVIEW, "microsoftpreview", COLLECTED),
          agent(LINK_PREVIEW, "yahoo link preview", COLLECTED),
          agent(LINK_PREVIEW, "google web preview", COLLECTED),
          agent(LINK_PREVIEW, "snap url preview", COLLECTED),
          agent(LINK_PREVIEW, "snapurlpreview", COLLECTED),
          agent(LINK_PREVIEW, "linkpreview", COLLECTED),
          agent(LINK_PREVIEW, "blueskypreviewbot", COLLECTED),
          agent(LINK_PREVIEW, "mastodon", COLLECTED),
          agent(LINK_PREVIEW, "pinterestbot", COLLECTED),
          agent(LINK_PREVIEW, "vkshare", COLLECTED),
          // Google's Messages on Android, which makes a card of what comes by SMS.
          rule(LINK_PREVIEW, new Mark.AgentStarts("googlemessages/"), "braze.com, bot filtering"),
          agent(LINK_PREVIEW, "linkunfurler", COLLECTED),
          agent(LINK_PREVIEW, "embedly", COLLECTED),
          agent(LINK_PREVIEW, "iframely", COLLECTED),
          agent(MAIL_SCANNER, "barracuda sentinel", "braze.com, bot filtering"),
          agent(MAIL_SCANNER, "google-safety", COLLECTED),
          agent(MAIL_SCANNER, "safedns", COLLECTED),
          agent(MAIL_SCANNER, "safesearch microdata", COLLECTED),
          agent(MAIL_SCANNER, "twinwavescanner", COLLECTED),
          agent(MAIL_SCANNER, "urlscanner", COLLECTED),
          agent(AUTOMATION, "headlesschrome", COLLECTED),
          rule(AUTOMATION, new Mark.AgentStarts("curl"), COLLECTED),
          rule(AUTOMATION, new Mark.AgentStarts("wget"), COLLECTED),
          rule(AUTOMATION, new Mark.AgentStarts("python-"), COLLECTED),
          rule(AUTOMATION, new Mark.AgentStarts("go-http-client"), COLLECTED),
          rule(AUTOMATION, new Mark.AgentStarts("java/"), COLLECTED),
          rule(AUTOMATION, new Mark.AgentStarts("okhttp"), COLLECTED),
          rule(AUTOMATION, new Mark.AgentStarts("axios/"), COLLECTED),
          rule(AUTOMATION, new Mark.AgentStarts("node-fetch"), COLLECTED),
          rule(AUTOMATION, new Mark.AgentStarts("apache-httpclient"), COLLECTED),
          rule(AUTOMATION, new Mark.AgentStarts("libwww-perl"), COLLECTED),
          agent(AUTOMATION, "aiohttp", COLLECTED),
          // Where who runs a crawler can be asked about it: no browser and no mail program says so.
          agent(AUTOMATION, "+http", COLLECTED),
          // Crawlers name themselves so; phones of the maker Cubot hold "cubot".
          agent(AUTOMATION, "bot/", COLLECTED),
          agent(AUTOMATION, "bot;", COLLECTED),
          agent(AUTOMATION, "crawler", COLLECTED),
          agent(AUTOMATION, "spider", COLLECTED));

  private MachineRules() {}

  public static Visitor judge(RequestFacts request) {
    return ALL.stream()
        .filter(rule -> rule.fits(request))
        .findFirst()
        .<Visitor>map(rule -> new Visitor.Automaton(rule.sign()))
        .orElseGet(Visitor.Person::new);
  }

  private static MachineRule agent(MachineSign sign, String part, String source) {
    return rule(sign, new Mark.AgentHolds(part), source);
  }

  private static MachineRule rule(MachineSign sign, Mark mark, String source) {
    return new MachineRule(sign, mark, source);
  }
}
