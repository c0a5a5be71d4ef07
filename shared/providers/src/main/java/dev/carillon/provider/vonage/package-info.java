/** Vonage, once Nexmo: text messages. */
package dev.carillon.provider.vonage;
