package dev.carillon.testing.engine;

import dev.carillon.fetch.SendFetch;
import dev.carillon.functions.delivery.AskStatus;
import dev.carillon.functions.delivery.SendMessage;
import dev.carillon.functions.webhooks.SendWebhook;

/** Whom the functions talk to beside their ports. */
public record EngineEnvironment(
    SendMessage email,
    SendMessage webhook,
    AskStatus statuses,
    SendFetch outside,
    SendWebhook endpoints) {}
