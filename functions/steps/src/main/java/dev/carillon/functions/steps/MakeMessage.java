package dev.carillon.functions.steps;

import dev.carillon.batch.Collected;
import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelType;
import dev.carillon.channel.Device;
import dev.carillon.functions.steps.render.PreferenceAddresses;
import dev.carillon.functions.steps.render.Render;
import dev.carillon.functions.steps.render.Specimens;
import dev.carillon.functions.steps.render.TrackContent;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.ContentCodec;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.FlatData;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.message.MessageOrigin;
import dev.carillon.message.Messages;
import dev.carillon.message.SecretReferences;
import dev.carillon.recipient.Recipient;
import dev.carillon.run.NamesIgnored;
import dev.carillon.run.Participants;
import dev.carillon.run.Run;
import dev.carillon.run.RunContext;
import dev.carillon.run.RunVariables;
import dev.carillon.run.SkipReason;
import dev.carillon.run.decision.Move;
import dev.carillon.suppression.Suppressions;
import dev.carillon.tracking.TrackingChoice;
import dev.carillon.variable.Variables;
import dev.carillon.workflow.Step.ChannelStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the messages of a channel step: one, or one for each device or conversation. Their ids
 * follow from run, step, channel and place, so a step taken again makes none; a message that exists
 * is a decision already taken, whatever has changed since. Nearly always there is none, so the
 * write that makes it is what finds out.
 */
final class MakeMessage {
  private final Messages messages;
  private final Suppressions suppressions;
  private final Render render;
  private final Specimens specimens;
  private final TrackContent tracking;
  private final PreferenceAddresses addresses;

  MakeMessage(
      Messages messages,
      Suppressions suppressions,
      Render render,
      TrackContent tracking,
      PreferenceAddresses addresses) {
    this.messages = messages;
    this.suppressions = suppressions;
    this.render = render;
    this.specimens = new Specimens(render);
    this.tracking = tracking;
    this.addresses = addresses;
  }

  sealed interface Made {
    /**
     * They exist now.
     *
     * @param made at least one
     * @param ignored the names of zones and currencies that their templates asked for and that do
     *     not exist
     */
    record Messages(List<MadeMessage> made, NamesIgnored ignored) implements Made {
      public Messages {
        made = List.copyOf(made);
      }
    }

    record Lacking(SkipReason reason) implements Made {}

    record Failed(String problem) implements Made {}
  }

  /**
   * The messages of that step that were made before; with their delivery if that has not begun.
   * Their places have no gaps, so the first that is missing is behind the last.
   */
  List<MadeMessage> existing(Run run, ChannelStep step, Channel channel) {
    return stored(run, step, channel).stream()
        .map(message -> MadeMessage.of(message, run))
        .toList();
  }

  /**
   * As {@link #existing}; and when there are none, from now on no copy of the task makes one, by
   * the condition that making one writes under. For a step that is to pass the channel by: what a
   * copy sees may have changed meanwhile, and it would make a message that the run knows nothing
   * of.
   */
  List<MadeMessage> existingOrNever(Run run, ChannelStep step, Channel channel, Instant now) {
    List<MadeMessage> existing = existing(run, step, channel);
    return existing.isEmpty()
            && !messages.keepOut(run.environment(), id(run, step, channel, 0), now)
        ? existing(run, step, channel)
        : existing;
  }

  private List<Message> stored(Run run, ChannelStep step, Channel channel) {
    var stored = new ArrayList<Message>();
    for (int index = 0; index == 0 || channel.type().severalTargets(); index++) {
      Optional<Message> found =
          messages.find(run.environment(), id(run, step, channel, stored.size()));
      if (found.isEmpty()) {
        break;
      }
      stored.add(found.get());
    }
    return stored;
  }

  private static MessageId id(Run run, ChannelStep step, Channel channel, int index) {
    return MessageId.of(run.effectiveAt(), run.id(), step.ref(), channel.id(), index);
  }

  /**
   * @param offer on which channel, and until when its send window holds them back
   */
  Made make(Run run, ChannelStep step, Move.Offer offer, RunContext context, Instant now) {
    Channel channel = offer.channel();
    MessageId id = id(run, step, channel, 0);
    Json.Obj whole = RunVariables.withMessage(context.variables(run, now), id.value(), now);
    if (SecretReferences.of(id).areIn(whole.toString())) {
      return made(existing(run, step, channel), new Made.Failed("data that refers to a secret"));
    }
    var own = addresses.of(run, context);
    Json.Obj scope =
        own.in(
            withoutSecrets(whole, context.environment().variables(), words(channel, id, context)));
    var template = template(step, channel, context);
    return switch (render.render(
        template,
        known(channel, context.participants()),
        scope,
        new Render.Surroundings(Optional.of(run.environment()), context.zone().zone()))) {
      case Render.Wording.Lacking(var reason) ->
          made(existingOrNever(run, step, channel, now), new Made.Lacking(reason));
      case Render.Wording.Failed(var problem) ->
          made(existing(run, step, channel), new Made.Failed(problem));
      case Render.Wording.Words(var contents, var footer, var ignored) -> {
        var making = new Making(run, step, offer, context, own, own.untracked(footer), now);
        yield contents.stream().anyMatch(content -> suppressed(content, making))
            ? made(
                existingOrNever(run, step, channel, now),
                new Made.Lacking(SkipReason.RECIPIENT_EMAIL_SUPPRESSED))
            : make(contents, ignored, making);
      }
    };
  }

  /**
   * Whether it is a mail to an address that gets none. Of a mail to several the first decides, as
   * it decides the status.
   */
  private boolean suppressed(Content content, Making making) {
    return content instanceof Content.Email email
        && !making.channel().overrideSuppression()
        && !making.context().workflow().overrideSuppression()
        && !Json.TRUE.equals(making.step().overrides().fields().get(Channel.OVERRIDE_SUPPRESSION))
        && email.envelope().to().stream()
            .findFirst()
            .flatMap(to -> suppressions.find(making.run().environment(), to.address()))
            .isPresent();
  }

  /** Whether tracking is asked for on the channel and the deployment has no key for it yet. */
  boolean isUntracked(ChannelStep step, Channel channel, RunContext context) {
    TrackingChoice chosen = TrackContent.choice(step, channel, context);
    return !tracking.possible(chosen).equals(chosen);
  }

  /** A request refers to secrets; what people read has nothing in their place. */
  private static Json.Obj words(Channel channel, MessageId id, RunContext context) {
    Json.Obj secrets = context.environment().variables().secret();
    return channel.type() == ChannelType.HTTP
        ? SecretReferences.of(id).words(secrets)
        : Json.Obj.EMPTY;
  }

  private static Json.Obj withoutSecrets(
      Json.Obj scope, Variables.Values variables, Json.Obj instead) {
    Json.Obj vars = scope.object("vars");
    for (String name : variables.secret().fields().keySet()) {
      vars = vars.without(name);
    }
    return scope.with("vars", vars.merged(instead));
  }

  private static Render.StepTemplate template(
      ChannelStep step, Channel channel, RunContext context) {
    return new Render.StepTemplate(
        context.workflow(),
        step,
        channel,
        context.library(languages(channel, context), channel.settings()));
  }

  /** Those that devices are set to, beside the recipient's. */
  private static List<String> languages(Channel channel, RunContext context) {
    return channel.type() == ChannelType.PUSH
        ? Device.of(data(channel, context.participants().recipient())).stream()
            .flatMap(device -> device.locale().stream())
            .distinct()
            .toList()
        : List.of();
  }

  private static Made made(List<MadeMessage> existing, Made otherwise) {
    return existing.isEmpty() ? otherwise : new Made.Messages(existing, NamesIgnored.NONE);
  }

  private static Render.ChannelData known(Channel channel, Participants people) {
    return new Render.ChannelData(
        data(channel, people.recipient()), data(channel, people.tenant()));
  }

  private static Json.Obj data(Channel channel, Optional<Recipient> who) {
    return who.map(it -> it.channelData().get(channel.id().toString())).orElse(Json.Obj.EMPTY);
  }

  /** Which step of which run makes messages, on which channel. */
  private record Making(
      Run run,
      ChannelStep step,
      Move.Offer offer,
      RunContext context,
      PreferenceAddresses.Addresses addresses,
      List<String> footer,
      Instant now) {
    Channel channel() {
      return offer.channel();
    }

    MessageId id(int index) {
      return MakeMessage.id(run, step, channel(), index);
    }

    /** Until when that one is held back: a device may have clocks of its own. */
    Optional<Instant> scheduledAt(Content content) {
      return content instanceof Content.Push push
          ? offer.scheduledAt(push.token())
          : offer.scheduledAt();
    }

    /** As for nobody, whose language and tenant are not known. */
    Render.StepTemplate specimen() {
      return new Render.StepTemplate(
          context.workflow(), step, channel(), context.libraryOfNobody(channel().settings()));
    }

    TrackingChoice tracked() {
      return TrackContent.choice(step, channel(), context);
    }
  }

  /**
   * Makes what is not there. When an earlier try got as far as making some, whatever those go to
   * has its message, and the others follow behind: recipients may have got and lost devices
   * meanwhile.
   */
  private Made make(List<Content> contents, NamesIgnored ignored, Making making) {
    var made = new ArrayList<MadeMessage>();
    for (Content content : contents) {
      Optional<MadeMessage> created = create(content, made.size(), making);
      if (created.isEmpty()) {
        return complete(contents, ignored, making);
      }
      made.add(created.get());
    }
    return new Made.Messages(made, ignored);
  }

  private Made complete(List<Content> contents, NamesIgnored ignored, Making making) {
    Run run = making.run();
    var made =
        new ArrayList<MadeMessage>(
            existingOrNever(run, making.step(), making.channel(), making.now()));
    if (made.isEmpty()) {
      return new Made.Lacking(SkipReason.TAKEN_OTHERWISE);
    }
    if (making.channel().type().severalTargets()) {
      Set<Json> reached = new HashSet<>();
      messages
          .contents(run.environment(), made.stream().map(MadeMessage::id).toList())
          .values()
          .forEach(content -> reached.add(target(content.content())));
      for (Content content : contents) {
        if (reached.add(target(content))) {
          made.add(
              create(content, made.size(), making)
                  .orElseThrow(
                      () -> new IllegalStateException("Made by two at once: " + run.id())));
        }
      }
    }
    return new Made.Messages(made, ignored);
  }

  /** What tells one of several messages to the same recipient from another. */
  private static Json target(Content content) {
    return switch (content) {
      case Content.Push push -> Json.of(push.token());
      case Content.Chat chat -> chat.connection();
      case Content.Email _, Content.Sms _, Content.InAppFeed _, Content.Http _ -> Json.NULL;
    };
  }

  /** Empty when there is one in that place already. */
  private Optional<MadeMessage> create(Content rendered, int index, Making making) {
    Run run = making.run();
    RunContext context = making.context();
    Content content =
        tracking.track(
            tracking.possible(making.tracked()),
            run.environment(),
            making.id(index),
            making.addresses().on(rendered),
            making.footer(),
            context);
    Json.Obj data = context.data(run);
    Message message = message(making.id(index), making.scheduledAt(content), making, data);
    Content shown =
        ContentCodec.mapped(masked(making.id(index), content), context.secrets()::masked);
    return messages.create(
            message,
            new MessageContent(content, shown, data, run.carried().batch()),
            specimens.of(run.environment(), making.specimen()))
        ? Optional.of(MadeMessage.of(message, run))
        : Optional.empty();
  }

  private static Content masked(MessageId id, Content content) {
    return content instanceof Content.Http request
        ? SecretReferences.of(id).masked(request)
        : content;
  }

  private Message message(
      MessageId id, Optional<Instant> scheduledAt, Making making, Json.Obj data) {
    Run run = making.run();
    Channel channel = making.channel();
    RunContext context = making.context();
    Instant now = making.now();
    var created =
        new Message(
            new MessageOrigin(
                run.environment(),
                id,
                channel.id(),
                channel.type(),
                run.recipient(),
                run.carried().batch().map(Collected::actors).orElse(run.actor().stream().toList()),
                run.tenant(),
                new Message.Source(
                    run.workflow(),
                    run.version(),
                    context.workflow().categories(),
                    making.step().ref(),
                    run.trigger(),
                    run.id()),
                snapshot(context.participants().recipient()),
                channel.type() == ChannelType.IN_APP_FEED ? FlatData.of(data) : Json.Obj.EMPTY,
                now),
            DeliveryStatus.QUEUED,
            Map.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            scheduledAt,
            0,
            now);
    TrackingChoice tracked = tracking.possible(making.tracked());
    Optional<Instant> expiresAt = context.trigger().settings().expiresAt();
    Message queued =
        created
            .noted(
                "created",
                Message.madeAs(
                    tracked.links(), tracked.opens(), expiresAt, run.carried().source().trace()),
                now)
            .noted("queued", Json.Obj.EMPTY, now);
    if (expiresAt.filter(at -> !now.isBefore(at)).isPresent()) {
      return queued.withheld(Message.EXPIRED, now);
    }
    if (channel.type() == ChannelType.IN_APP_FEED) {
      // Nothing leaves the account, so a sandbox has nothing to keep in.
      return scheduledAt.isEmpty()
          ? queued.become(DeliveryStatus.DELIVERED, Json.Obj.EMPTY, now)
          : queued;
    }
    return channel.sandbox() || context.trigger().settings().sandbox()
        ? queued.become(DeliveryStatus.NOT_SENT, Json.object().with("reason", "sandbox"), now)
        : queued;
  }

  private static Json.Obj snapshot(Optional<Recipient> recipient) {
    var snapshot = new LinkedHashMap<String, Json>();
    for (String property : List.of("email", "name")) {
      recipient
          .flatMap(context -> context.text(property))
          .ifPresent(value -> snapshot.put(property, Json.of(value)));
    }
    return new Json.Obj(snapshot);
  }
}
