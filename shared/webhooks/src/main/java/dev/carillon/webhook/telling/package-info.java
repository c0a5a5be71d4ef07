/** Those who tell endpoints: what happens and what authors do, as tasks. */
package dev.carillon.webhook.telling;
