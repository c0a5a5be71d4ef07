package dev.carillon.preference;

import dev.carillon.channel.Channel;
import dev.carillon.condition.Facts;
import dev.carillon.json.Json;
import dev.carillon.preference.Choice.Reason;
import dev.carillon.preference.Preference.Ruling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether a recipient wants a message on a channel. What no set mentions is wanted; of all that is
 * mentioned, everything must agree: the workflow, each of its categories, and the channel. Within
 * each of these a channel that is named decides in the place of its type.
 */
public final class Preferences {
  private static final Reason OVERRIDDEN = new Reason(Layer.OVERRIDE, "override_preferences");
  private static final Reason UNSAID = new Reason(Layer.DEFAULT, "");

  private Preferences() {}

  public static Choice choose(PreferenceSets sets, Sending sending, Facts facts) {
    if (sending.overriding()) {
      return new Choice.Wanted(OVERRIDDEN, Json.Obj.EMPTY);
    }
    Json.Obj findings = Json.Obj.EMPTY;
    Optional<Reason> agreed = Optional.empty();
    for (Preference preference : bearing(sets, sending)) {
      switch (preference.ruling(facts)) {
        case Ruling.Silent() -> {}
        case Ruling.Given(var wanted, var reason, var conditions) -> {
          if (conditions.isPresent()) {
            findings = findings.with(reason.place(), conditions.get());
          }
          if (!wanted) {
            return new Choice.OptedOut(reason, findings);
          }
          // The commercial subscription comes first, but is the least that speaks for a message.
          if (agreed.isEmpty() || agreed.get().layer() == Layer.COMMERCIAL) {
            agreed = Optional.of(reason);
          }
        }
      }
    }
    return new Choice.Wanted(agreed.orElse(UNSAID), findings);
  }

  /** The keys of the audiences that {@link #choose} may ask about. */
  public static Set<String> audiences(PreferenceSets sets, Sending sending) {
    var audiences = new TreeSet<String>();
    if (!sending.overriding()) {
      bearing(sets, sending).stream()
          .flatMap(it -> it.conditions().stream())
          .forEach(it -> audiences.addAll(it.conditions().audiences()));
    }
    return audiences;
  }

  /** In the order in which they are asked. */
  private static List<Preference> bearing(PreferenceSets sets, Sending sending) {
    var bearing = new ArrayList<Preference>();
    if (sending.commercial()) {
      bearing.add(new Preference(PreferenceSets.COMMERCIAL, sets.commercial()));
    }
    Layered set = sets.layered();
    named(set, "workflows", sending.workflow(), sending.channel(), bearing);
    for (String category : sending.categories()) {
      named(set, "categories", category, sending.channel(), bearing);
    }
    bearing.add(ofChannel("", set, sending.channel()));
    return bearing;
  }

  private static void named(
      Layered set, String kind, String name, Channel channel, List<Preference> bearing) {
    var preference = new Preference(kind + "." + name, set.at(kind).at(name));
    if (!preference.at().isSilent()) {
      bearing.add(preference);
      bearing.add(ofChannel(preference.place() + ".", preference.at(), channel));
    }
  }

  /** A channel is named by its id or its key. */
  private static Preference ofChannel(String prefix, Layered scope, Channel channel) {
    Layered channels = scope.at("channels");
    for (String name : List.of(channel.id().toString(), channel.key())) {
      Layered named = channels.at(name);
      if (!named.isSilent()) {
        return new Preference(prefix + "channels." + name, named);
      }
    }
    String type = channel.type().wireName();
    return new Preference(prefix + "channel_types." + type, scope.at("channel_types").at(type));
  }
}
