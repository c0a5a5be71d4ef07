package dev.carillon.local.scheduler;

import java.util.Optional;

/**
 * What a schedule does: sends {@code input} to a queue.
 *
 * @param arn of the queue
 */
public record ScheduleTarget(String arn, String input, Optional<String> messageGroupId) {}
