package dev.carillon.report;

import dev.carillon.message.DeliveryStatus;
import java.util.Optional;

/**
 * What a provider reported of a message before anybody could say which of ours that is.
 *
 * @param reason the provider's words for a failure, without content
 */
public record EarlyReport(DeliveryStatus status, Optional<String> reason) {}
