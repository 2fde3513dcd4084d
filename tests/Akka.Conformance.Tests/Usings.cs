global using Akka.Actor;
global using Akka.Configuration;
global using Akka.Event;
global using Akka.TestKit;
global using Xunit;
