package dev.carillon.functions.api.messages;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.message.Content;
import dev.carillon.message.EngagementCounts;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.message.Messages;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Messages that somebody else always changes first. */
record ContendedMessages(Messages messages) implements Messages {

  @Override
  public boolean save(Message message) {
    return false;
  }

  @Override
  public boolean save(Message message, EngagementCounts counts) {
    return false;
  }

  @Override
  public void delete(EnvironmentId environment, MessageId id) {
    messages.delete(environment, id);
  }

  @Override
  public boolean create(Message message, MessageContent content, Optional<Content> specimen) {
    return messages.create(message, content, specimen);
  }

  @Override
  public boolean keepOut(EnvironmentId environment, MessageId id, Instant now) {
    return messages.keepOut(environment, id, now);
  }

  @Override
  public Optional<Message> find(EnvironmentId environment, MessageId id) {
    return messages.find(environment, id);
  }

  @Override
  public Optional<Glimpse> glimpse(EnvironmentId environment, MessageId id) {
    return messages.glimpse(environment, id);
  }

  @Override
  public Map<MessageId, Message> findAll(EnvironmentId environment, List<MessageId> ids) {
    return messages.findAll(environment, ids);
  }

  @Override
  public Map<MessageId, Glimpse> withContents(EnvironmentId environment, List<MessageId> ids) {
    return messages.withContents(environment, ids);
  }

  @Override
  public Optional<MessageContent> content(EnvironmentId environment, MessageId id) {
    return messages.content(environment, id);
  }

  @Override
  public Map<MessageId, MessageContent> contents(EnvironmentId environment, List<MessageId> ids) {
    return messages.contents(environment, ids);
  }

  @Override
  public Page<Message> newestFirst(
      EnvironmentId environment, TimeRange range, Predicate<Message> wanted, PageRequest page) {
    return messages.newestFirst(environment, range, wanted, page);
  }
}
