/** What the providers of text messages share: numbers, senders, parts, and answers' codes. */
package dev.carillon.provider.sms;
