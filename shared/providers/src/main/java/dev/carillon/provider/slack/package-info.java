/** Slack. */
package dev.carillon.provider.slack;
