/** Twilio: text messages. */
package dev.carillon.provider.twilio;
