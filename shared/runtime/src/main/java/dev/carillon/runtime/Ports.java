package dev.carillon.runtime;

import dev.carillon.access.ApiKeys;
import dev.carillon.audience.Audiences;
import dev.carillon.batch.Batches;
import dev.carillon.channel.Channels;
import dev.carillon.environment.Environments;
import dev.carillon.event.Listeners;
import dev.carillon.feed.Feeds;
import dev.carillon.message.Messages;
import dev.carillon.recipient.Recipients;
import dev.carillon.run.OnceClaims;
import dev.carillon.run.Runs;
import dev.carillon.schedule.Schedules;
import dev.carillon.subscription.Subscriptions;
import dev.carillon.task.Tasks;
import dev.carillon.throttle.Throttles;
import dev.carillon.timer.MinuteSchedules;
import dev.carillon.timer.Timers;
import dev.carillon.trigger.FanoutPages;
import dev.carillon.trigger.Triggers;
import dev.carillon.variable.Variables;
import dev.carillon.workflow.Assets;
import dev.carillon.workflow.Workflows;
import java.time.InstantSource;

/**
 * Where a function's Wiring gets its ports from: AWS when deployed and on the local stack, memory
 * in tests. Each call may build the port anew or give the same one; a function takes what it needs
 * and its grants allow, and nothing is built that it does not ask for.
 */
public interface Ports {
  ApiKeys apiKeys();

  Recipients recipients();

  Channels channels();

  Workflows workflows();

  Assets assets();

  Variables variables();

  Audiences audiences();

  Triggers triggers();

  Runs runs();

  Messages messages();

  Feeds feeds();

  Schedules schedules();

  Timers dues();

  MinuteSchedules minuteSchedules();

  Tasks tasks();

  Batches batches();

  Throttles throttles();

  Listeners listeners();

  OnceClaims firsts();

  Subscriptions subscriptions();

  Environments environments();

  FanoutPages rosters();

  InstantSource clock();

  Log log();
}
