/** Africa's Talking: text messages. */
package dev.carillon.provider.africastalking;
