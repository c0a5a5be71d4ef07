package dev.carillon.functions.tracking;

import dev.carillon.runtime.Log;
import dev.carillon.tracking.RecordTracking;
import dev.carillon.tracking.Tracked;
import dev.carillon.tracking.TrackedLink;
import dev.carillon.tracking.TrackedMail;
import dev.carillon.tracking.TrackingEvent;
import dev.carillon.tracking.link.LinkTokens;
import dev.carillon.tracking.link.ShortLinks;
import dev.carillon.tracking.link.TrackingPaths;
import dev.carillon.tracking.link.TrackingPaths.Asked;
import dev.carillon.tracking.visitor.MachineRules;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Answers who follows a link or loads an open pixel. The only request on the way is the one that
 * tells of it; a short link needs one more, its look-up. Everything else comes of it later.
 *
 * <p>The person who clicked is to arrive: when the telling fails, the answer is the same and the
 * log says that an event was lost.
 */
final class FollowLink {
  private final LinkTokens tokens;
  private final ShortLinks links;
  private final RecordTracking tell;
  private final InstantSource clock;
  private final Log log;

  FollowLink(
      LinkTokens tokens, ShortLinks links, RecordTracking tell, InstantSource clock, Log log) {
    this.tokens = tokens;
    this.links = links;
    this.tell = tell;
    this.clock = clock;
    this.log = log;
  }

  TrackingReply answer(TrackingCall call) {
    String method = call.facts().method();
    Asked asked = TrackingPaths.read(call.path());
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return asked instanceof Asked.Nothing
          ? new TrackingReply.NoRoute()
          : new TrackingReply.NotAllowed();
    }
    return switch (asked) {
      case Asked.Standard(var token, var beside) -> {
        Optional<String> target = beside ? QueryTarget.in(call.query()) : Optional.empty();
        yield standard(call, token, target);
      }
      case Asked.Short(var key) -> {
        try {
          yield onward(call, links.find(key));
        } catch (RuntimeException e) {
          log.failure("tracking.unavailable", e, "request", call.id());
          yield new TrackingReply.Later();
        }
      }
      case Asked.Pixel(var token, var image) -> {
        pixel(call, token);
        yield new TrackingReply.Shown(image);
      }
      case Asked.Nothing() -> new TrackingReply.Missing();
    };
  }

  private TrackingReply standard(TrackingCall call, String token, Optional<String> beside) {
    Optional<Tracked> tracked;
    try {
      tracked = tokens.open(token, beside);
    } catch (RuntimeException e) {
      log.failure("tracking.unavailable", e, "request", call.id());
      return new TrackingReply.Later();
    }
    return onward(call, link(tracked));
  }

  /** Nothing for the token of a pixel: it leads nowhere. */
  private static Optional<TrackedLink> link(Optional<Tracked> tracked) {
    return tracked.flatMap(
        it ->
            switch (it) {
              case TrackedLink link -> Optional.of(link);
              case TrackedMail _ -> Optional.empty();
            });
  }

  private TrackingReply onward(TrackingCall call, Optional<TrackedLink> link) {
    if (link.isEmpty()) {
      return new TrackingReply.Missing();
    }
    tell(call, link.get());
    return new TrackingReply.Onward(link.get().target());
  }

  /** The image is shown whether there is such a mail or not. */
  private void pixel(TrackingCall call, String token) {
    try {
      if (tokens.open(token).orElse(null) instanceof TrackedMail mail) {
        tell(call, mail);
      }
    } catch (RuntimeException e) {
      log.failure("tracking.unavailable", e, "request", call.id());
    }
  }

  private void tell(TrackingCall call, Tracked subject) {
    var event =
        TrackingEvent.of(
            call.id(), subject, clock.instant(), MachineRules.judge(call.facts()), call.facts());
    try {
      tell.record(event);
    } catch (RuntimeException e) {
      log.failure(
          "tracking.lost",
          e,
          "request",
          call.id(),
          "environment",
          subject.environment().value(),
          "message",
          subject.message());
    }
  }
}
