package dev.carillon.functions.tracking;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Ports;
import dev.carillon.runtime.Priming;
import dev.carillon.tracking.link.LinkTokens;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The function behind tracked links and open pixels. */
public final class TrackingHandler implements RequestStreamHandler {
  private final FollowLink followLink;

  /** Lambda's door. */
  public TrackingHandler() {
    this(Priming.ofProcess(TrackingHandler::new, Priming.http("GET", "/l/priming", "")));
  }

  public TrackingHandler(Environment environment) {
    this(new Wiring(environment).followLink());
  }

  /** For an engine in one process, where nothing is to be loaded late. */
  public TrackingHandler(Ports ports) {
    this(
        new FollowLink(
            new LinkTokens(ports.linkKeys()),
            ports.shortLinks(),
            ports.recordTracking(),
            ports.clock(),
            ports.log()));
  }

  /** The tests' door. */
  TrackingHandler(FollowLink followLink) {
    this.followLink = followLink;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream out, Context context)
      throws IOException {
    var call = TrackingCall.of(event);
    followLink.answer(call).writeTo(out, call.id(), !call.facts().method().equals("HEAD"));
  }
}
