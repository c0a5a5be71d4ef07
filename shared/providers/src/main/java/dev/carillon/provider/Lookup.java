package dev.carillon.provider;

import java.time.Duration;

/**
 * A question to a provider that sends nothing, whose answer may be kept and shared.
 *
 * @param key names the answer within the channel: the same question has the same key, also after a
 *     change of credentials it has another; holds no secret
 * @param keep how long the answer may be used at most
 */
public record Lookup(String key, ProviderCall.Http call, Duration keep) {}
