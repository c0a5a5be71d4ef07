package dev.carillon.functions.steps.render;

import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the mails of a step look like to nobody: its template rendered without any data, so that
 * storage may keep each mail as what differs from that. Nothing of a recipient, of a call or of a
 * variable is in it.
 */
public final class Specimens {
  private static final int KEPT = 100;

  /** A mail has an address, or it is none. */
  private static final Json.Obj NOBODY =
      Json.object().with("recipient", Json.object().with("email", "nobody@example.com"));

  private record Kind(
      EnvironmentId environment, VersionId version, StepRef step, ChannelId channel, int library) {}

  /** What it says for nobody in particular: what it loads is left out, like all that is data. */
  private static final Render.Surroundings NOWHERE =
      new Render.Surroundings(Optional.empty(), ZoneOffset.UTC);

  private final Render render;
  private final Map<Kind, Optional<Content>> made = new LinkedHashMap<>(16, 0.75f, true);

  public Specimens(Render render) {
    this.render = render;
  }

  /** Empty for what is no mail, and where the template makes nothing without data. */
  public Optional<Content> of(EnvironmentId environment, Render.StepTemplate template) {
    if (template.channel().type() != ChannelType.EMAIL) {
      return Optional.empty();
    }
    var kind =
        new Kind(
            environment,
            template.workflow().version(),
            template.step().ref(),
            template.channel().id(),
            template.library().hashCode());
    synchronized (made) {
      Optional<Content> known = made.get(kind);
      if (known == null) {
        known = rendered(template);
        made.put(kind, known);
        if (made.size() > KEPT) {
          made.remove(made.keySet().iterator().next());
        }
      }
      return known;
    }
  }

  private Optional<Content> rendered(Render.StepTemplate template) {
    return switch (render.render(template, Render.ChannelData.NONE, NOBODY, NOWHERE)) {
      case Render.Wording.Words(var contents, _, _) -> Optional.of(contents.getFirst());
      case Render.Wording.Lacking _, Render.Wording.Failed _ -> Optional.empty();
    };
  }
}
