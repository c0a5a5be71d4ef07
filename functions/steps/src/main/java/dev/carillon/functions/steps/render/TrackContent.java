package dev.carillon.functions.steps.render;

import dev.carillon.channel.Channel;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.message.Content;
import dev.carillon.message.MessageId;
import dev.carillon.run.RunContext;
import dev.carillon.tracking.TrackingChoice;
import dev.carillon.tracking.link.KeyRing;
import dev.carillon.tracking.link.LinkDomains;
import dev.carillon.tracking.link.LinkKeys;
import dev.carillon.tracking.link.LinkTokens;
import dev.carillon.tracking.link.ShortLinks;
import dev.carillon.tracking.link.ShortenedLinks;
import dev.carillon.tracking.link.StandardLinks;
import dev.carillon.tracking.link.TrackLink;
import dev.carillon.tracking.rewrite.ContentLinks;
import dev.carillon.tracking.rewrite.FeedLinks;
import dev.carillon.workflow.Step.ChannelStep;
import java.util.List;
import java.util.function.Supplier;

/**
 * Puts tracked links and the open pixel into what a message says. The same message gets the same
 * links each time; short ones are stored before the message that they are in.
 */
public final class TrackContent {
  /** Under which a conversation is found that is held by phone. */
  private static final String PHONE_NUMBER = "phone_number";

  private final LinkKeys keys;
  private final ShortLinks shortLinks;
  private final Supplier<String> origin;

  /**
   * @param keys asked once for each message that is tracked
   * @param origin of the deployment's own links; asked for tracked messages only
   */
  public TrackContent(LinkKeys keys, ShortLinks shortLinks, Supplier<String> origin) {
    this.keys = keys;
    this.shortLinks = shortLinks;
    this.origin = origin;
  }

  /** What of the messages is tracked that the step makes on the channel. */
  public static TrackingChoice choice(ChannelStep step, Channel channel, RunContext context) {
    return TrackingChoice.of(
        channel.type(),
        channel.settings(),
        step.overrides(),
        context.trigger().settings().tracking());
  }

  /**
   * As chosen; nothing as long as the deployment has no key, which a message is not held up for.
   */
  public TrackingChoice possible(TrackingChoice choice) {
    return choice.nothing() || keys.any() ? choice : TrackingChoice.NOTHING;
  }

  /**
   * @param choice one that is possible
   * @param footer the addresses of a mail's footer, which stay
   * @return the content as it is when nothing of it is tracked
   */
  public Content track(
      TrackingChoice choice,
      EnvironmentId environment,
      MessageId message,
      Content content,
      List<String> footer,
      RunContext context) {
    if (choice.nothing()) {
      return content;
    }
    var current = KeyRing.of(keys.current());
    var domains = LinkDomains.of(origin.get(), context.environment().settings().trackingDomains());
    var standard = new StandardLinks(new LinkTokens(current), domains, environment, message);
    TrackLink links =
        isByPhone(content)
            ? new ShortenedLinks(current, shortLinks, domains, environment, message)
            : standard;
    Content linked =
        choice.links()
            ? ContentLinks.track(content, links, domains, footer, FeedLinks.Actions.LEFT)
            : content;
    return choice.opens() && linked instanceof Content.Email mail
        ? ContentLinks.withPixel(mail, standard.pixel())
        : linked;
  }

  /** Where characters count. */
  private static boolean isByPhone(Content content) {
    return switch (content) {
      case Content.Sms _ -> true;
      case Content.Chat chat -> chat.connection().get(PHONE_NUMBER).isPresent();
      case Content.Email _, Content.InAppFeed _, Content.Push _, Content.Http _ -> false;
    };
  }
}
