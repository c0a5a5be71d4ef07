/** Telnyx: text messages. */
package dev.carillon.provider.telnyx;
